package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Looks at each mail before it is sent to a peer: adds values for parameters, changes the body, or refuses. May block,
 * unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MailPreparer {

    /**
     * Returns the mail as it is to be sent to this peer.
     *
     * @throws SmtpException when it cannot be sent there: each recipient gets this reply, nothing goes over the wire
     * @throws IOException when something failed: each recipient fails for now
     */
    OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException, IOException;

    /**
     * Tells whether it may wait for this mail and peer: one that reads the content of some mails need not move all
     * others to another thread. Must not block.
     *
     * @param mail as it was before other preparers
     */
    default boolean mayBlock(OutgoingMail mail, PeerView peer) {
        return NonBlocking.mayBlock(this);
    }
}
