package org.mailwright.smtp.distribution.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.intake.MailTerms;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What a server has of smtp-ext-schedule: when senders want their mail delivered, and how urgently. */
final class ScheduleParts {
    private ScheduleParts() {}

    static MailTerms terms(Installed installed) {
        boolean all = installed.has(Bundled.DELIVER_BY)
                && installed.has(Bundled.FUTURE_RELEASE)
                && installed.has(Bundled.MT_PRIORITY);
        return all ? new Terms() : MailTerms.USUAL;
    }

    /** Returns what senders asked of their reports, and by DELIVERBY beside that (RFC 2852 section 4.1.4). */
    static ReportRequests requests(Installed installed, ReportRequests usual) {
        return installed.has(Bundled.DELIVER_BY) ? new ByTime(usual) : usual;
    }

    private record ByTime(ReportRequests usual) implements ReportRequests {
        private static Optional<DeliverBy> by(Message message) {
            return message.attributes().get(DeliverByExtension.BY);
        }

        @Override
        public Optional<Instant> deliverBy(Message message) {
            return by(message).map(DeliverBy::deadline);
        }

        @Override
        public Optional<Instant> late(Message message) {
            return by(message).filter(by -> by.mode() == DeliverBy.Mode.NOTIFY).map(DeliverBy::deadline);
        }

        /** Each host on the way with T; with N the one that does not know of the time. Never where NOTIFY says so. */
        @Override
        public boolean wantsRelays(Message message, Recipient recipient, DeliveryResult.Link link) {
            return by(message)
                            .filter(by -> by.trace() || (by.mode() == DeliverBy.Mode.NOTIFY && !link.deliversByTime()))
                            .isPresent()
                    && Arrays.stream(Reporter.Kind.values()).anyMatch(kind -> wants(recipient, kind));
        }

        @Override
        public boolean wants(Recipient recipient, Reporter.Kind kind) {
            return usual.wants(recipient, kind);
        }

        @Override
        public Optional<String> envelopeId(Message message) {
            return usual.envelopeId(message);
        }

        @Override
        public Optional<String> originalRecipient(Recipient recipient) {
            return usual.originalRecipient(recipient);
        }

        @Override
        public Attributes carries(Message message) {
            return usual.carries(message);
        }

        @Override
        public boolean returnsFull(Message message) {
            return usual.returnsFull(message);
        }
    }

    private static final class Terms implements MailTerms {
        @Override
        public Instant due(Envelope envelope, Instant now) {
            return envelope.attributes()
                    .get(FutureReleaseExtension.RELEASE)
                    .filter(now::isBefore)
                    .orElse(now);
        }

        /** A mail that waits for its release has its whole time from then on. */
        @Override
        public Instant expires(Envelope envelope, Instant now, Instant usual) {
            Instant after = usual.plus(Duration.between(now, due(envelope, now)));
            return envelope.attributes()
                    .get(DeliverByExtension.BY)
                    .filter(by -> by.mode() == DeliverBy.Mode.RETURN)
                    .map(DeliverBy::deadline)
                    .filter(after::isAfter)
                    .orElse(after);
        }

        @Override
        public Optional<Priority> priority(Envelope envelope) {
            return envelope.attributes()
                    .get(MtPriorityExtension.PRIORITY)
                    .map(level -> level > 0 ? Priority.URGENT : level < 0 ? Priority.BULK : Priority.NORMAL);
        }
    }
}
