package org.mailwright.smtp.queue.report;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter;

/**
 * What the sender of a mail asked of its reports: the values of the DSN parameters (RFC 3461), where they are known.
 * Each method has the answer for a mail without any.
 *
 * @since 0.1.0
 */
public interface ReportRequests {

    /** Nobody asked for anything: reports of failure and delay with the whole mail, none of success. */
    ReportRequests USUAL = new ReportRequests() {};

    /** Tells whether the sender wants to hear this of a recipient (NOTIFY). */
    default boolean wants(Recipient recipient, Reporter.Kind kind) {
        return switch (kind) {
            case FAILED, DELAYED -> true;
            case SUCCEEDED -> false;
        };
    }

    /** Returns the sender's own name for the mail (ENVID), decoded from xtext. */
    default Optional<String> envelopeId(Message message) {
        return Optional.empty();
    }

    /**
     * Returns the address that the sender wrote (ORCPT): its type, a semicolon and the address, decoded from xtext,
     * such as {@code rfc822;user@example.org}.
     */
    default Optional<String> originalRecipient(Recipient recipient) {
        return Optional.empty();
    }

    /**
     * Returns the address that this host took the mail for, where an alias led from that to the recipient: reports name
     * that one (RFC 3464 section 2.3.2).
     */
    default Optional<ForwardPath> acceptedFor(Recipient recipient) {
        return Optional.empty();
    }

    /** Returns by when the mail was to be delivered (BY, RFC 2852). */
    default Optional<Instant> deliverBy(Message message) {
        return Optional.empty();
    }

    /** Returns when the sender wants to hear that the mail is late, where he has said so. */
    default Optional<Instant> late(Message message) {
        return Optional.empty();
    }

    /**
     * Tells whether the sender wants to hear that the mail was handed to another host, also when that one answers for
     * it from then on (RFC 2852 section 4.1.4).
     */
    default boolean wantsRelays(Message message, Recipient recipient, DeliveryResult.Link link) {
        return false;
    }

    /** Tells whether a report of failure is to hold the whole mail, and not its header alone (RET). */
    default boolean returnsFull(Message message) {
        return true;
    }

    /** Returns what the sender asked about its release, as {@code Future-Release-Request} has it (RFC 4865 §5.1.2). */
    default Optional<String> futureRelease(Message message) {
        return Optional.empty();
    }

    /**
     * Returns what a report itself is sent with: a mail that must be protected has protected reports, and the priority
     * of the mail is theirs (RFC 6710 §4.6).
     */
    default Attributes carries(Message message) {
        return Attributes.EMPTY;
    }

    /** Returns how urgent a report about the mail is. */
    default Priority priority(Message message) {
        return Priority.BULK;
    }
}
