package org.mailwright.smtp.queue.intake;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.Priority;

/**
 * What the sender of a mail asked for about its time in the queue, such as by FUTURERELEASE (RFC 4865), DELIVERBY (RFC
 * 2852) and MT-PRIORITY (RFC 6710). Each method has the answer for a mail without any wish.
 *
 * @since 0.1.0
 */
public interface MailTerms {

    /** Nobody asks for anything. */
    MailTerms USUAL = new MailTerms() {};

    /** Returns when delivery is first tried, not before {@code now}. */
    default Instant due(Envelope envelope, Instant now) {
        return now;
    }

    /** Returns when the mail is given up; {@code usual} is when others are. */
    default Instant expires(Envelope envelope, Instant now, Instant usual) {
        return usual;
    }

    /**
     * Returns what keeps a recipient apart from another one whose mail goes to the same address, because the sender
     * wants to hear of both (RFC 3461). Where it is equal, one delivery is enough for both.
     */
    default Object apart(Recipient recipient) {
        return "";
    }

    /** Returns how urgent it is; empty leaves that to the router. */
    default Optional<Priority> priority(Envelope envelope) {
        return Optional.empty();
    }
}
