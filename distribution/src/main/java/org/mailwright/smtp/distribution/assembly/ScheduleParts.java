package org.mailwright.smtp.distribution.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.intake.MailTerms;

/** What a server has of smtp-ext-schedule: when senders want their mail delivered, and how urgently. */
final class ScheduleParts {
    private ScheduleParts() {}

    static MailTerms terms(Installed installed) {
        boolean all = installed.has(Bundled.DELIVER_BY)
                && installed.has(Bundled.FUTURE_RELEASE)
                && installed.has(Bundled.MT_PRIORITY);
        return all ? new Terms() : MailTerms.USUAL;
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
