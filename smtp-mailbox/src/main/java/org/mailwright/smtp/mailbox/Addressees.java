package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Knows who gets mail here: users, and whoever else has an address, such as an alias or a list. May block, unless it is
 * {@link NonBlocking}; many sessions ask at the same time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Addressees {

    /** How an address stands to this server. */
    enum Standing {
        /** Mail for it is taken. */
        KNOWN,
        /** Its domain is local, and nobody there has that name. */
        UNKNOWN,
        /** Its domain is not local. */
        FOREIGN
    }

    /**
     * Finds out.
     *
     * @param own tells which address literals name this host (RFC 1123 §5.2.17)
     * @throws SmtpException when mail for it is refused for a reason of its own: an alias that leads in a circle
     * @throws IOException when it cannot be found out now; the sender is told to try again
     */
    Standing standing(ForwardPath path, Predicate<AddressLiteral> own) throws SmtpException, IOException;

    /** Returns those who have a mailbox; {@link NonBlocking} where their directory is. */
    static Addressees of(LocalRecipients recipients) {
        Addressees users = (path, own) -> switch (recipients.find(path, own)) {
            case LocalRecipients.Destination.Found found -> Standing.KNOWN;
            case LocalRecipients.Destination.Unknown unknown -> Standing.UNKNOWN;
            case LocalRecipients.Destination.Foreign foreign -> Standing.FOREIGN;
        };
        return NonBlocking.mayBlock(recipients.users()) ? users : quick(users);
    }

    /** Returns the same addressees, marked as {@link NonBlocking}: for those who know that they are. */
    static Addressees quick(Addressees addressees) {
        return (Addressees & NonBlocking) addressees::standing;
    }
}
