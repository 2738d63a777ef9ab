package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Knows at RCPT whether an addressee has room for a mail, so that no report has to say later that there was none. May
 * block, unless it is {@link NonBlocking}; many sessions ask at the same time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MailboxRoom {
    /** Everybody has. */
    MailboxRoom ENOUGH = (MailboxRoom & NonBlocking) (path, own, octets) -> {};

    /**
     * Lets a mail for a known addressee come, or not. A promise is not made: the mailbox may be full when it is there.
     *
     * @param own tells which address literals name this host (RFC 1123 §5.2.17)
     * @param octets the size that the client declared (RFC 1870); 0 when it did not
     * @throws SmtpException when there is no room
     * @throws IOException when it cannot be found out now; the sender is told to try again
     */
    void admit(ForwardPath path, Predicate<AddressLiteral> own, long octets) throws SmtpException, IOException;
}
