package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * A dialogue that a client holds before the first mail: STARTTLS, AUTH, XCLIENT, ETRN. May block, unless it is
 * {@link org.mailwright.smtp.core.mail.NonBlocking}.
 *
 * <p>It is asked once after each EHLO, so again after TLS or {@link ClientMove.Greet}; a step that has nothing to do
 * (any more) answers {@link ClientMove#done()}. It keeps nothing in fields, for one object serves all connections: see
 * {@link PeerSession#set}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientStep {

    /**
     * Begins.
     *
     * @throws SmtpException to give the connection up: nothing is sent over it but QUIT, and every mail that waits for
     *     it gets this reply
     * @throws IOException when something failed: the connection is given up, mails stay undelivered for now
     */
    ClientMove begin(PeerSession peer) throws SmtpException, IOException;
}
