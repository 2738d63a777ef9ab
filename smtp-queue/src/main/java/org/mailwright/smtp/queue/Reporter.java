package org.mailwright.smtp.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.mail.Body;

/**
 * Writes the mails that tell a sender what became of a mail (RFC 3464).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Reporter {

    /** Says nothing about anything. */
    Reporter SILENT = (message, content, recipients) -> List.of();

    /** What there is to tell about one recipient. */
    enum Kind {
        /** It was given up. */
        FAILED,
        /** It is late, and still tried. */
        DELAYED,
        /** It was accepted: {@link DeliveryResult#action} says how. */
        SUCCEEDED
    }

    /**
     * One recipient to tell of.
     *
     * @param delivery as it was before the attempt
     * @param kind what there is to tell
     * @param result of the last attempt
     * @param until when a late one is given up
     */
    record Told(Delivery delivery, Kind kind, DeliveryResult result, Optional<Instant> until) {}

    /**
     * Returns when the sender wants to hear that a mail is late, where he has said so; then the usual time of the queue
     * does not count for it.
     */
    default Optional<Instant> late(Message message) {
        return Optional.empty();
    }

    /**
     * Writes the reports that some recipients of one mail give reason for. Nobody hears of a mail without reverse-path,
     * and nobody hears what he did not ask for.
     *
     * @param content may be one that cannot be read: its sender is told all the same
     * @param recipients at least one, all of the same mail
     * @return often nothing, mostly one
     * @throws IOException when the way of a report cannot be found out now; what is told of is tried again then
     */
    List<NewMail> report(Message message, Body content, List<Told> recipients) throws IOException;

    /** Returns the same, but for those recipients alone. */
    default Reporter about(Predicate<Told> wanted) {
        Reporter all = this;
        return new Reporter() {
            @Override
            public Optional<Instant> late(Message message) {
                return all.late(message);
            }

            @Override
            public List<NewMail> report(Message message, Body content, List<Told> recipients) throws IOException {
                List<Told> left = recipients.stream().filter(wanted).toList();
                return left.isEmpty() ? List.of() : all.report(message, content, left);
            }
        };
    }
}
