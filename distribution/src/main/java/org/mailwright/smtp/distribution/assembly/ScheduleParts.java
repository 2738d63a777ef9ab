package org.mailwright.smtp.distribution.assembly;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Priority;
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

    /** Returns what senders asked of their reports, and what they asked about the time beside that. */
    static ReportRequests requests(Installed installed, ReportRequests usual) {
        return installed.has(Bundled.DELIVER_BY) ? new ScheduledRequests(usual) : usual;
    }

    /** Returns pools that try nothing any more whose time is over (RFC 2852 section 4.1.3). */
    static List<Pool> inTime(Installed installed, List<Pool> pools, InstantSource clock) {
        return installed.has(Bundled.DELIVER_BY)
                ? pools.stream()
                        .map(pool -> new Pool(pool.name(), new InTime(pool.deliverer(), clock), pool.policies()))
                        .toList()
                : pools;
    }

    /** Returns what a client does beside the extensions that it speaks. */
    static List<Extension> clients(Installed installed, InstantSource clock) {
        return installed.has(Bundled.DELIVER_BY) && installed.has(Bundled.DSN)
                ? List.of(new DelayRequest(clock))
                : List.of();
    }

    static Priority priority(int level) {
        return level > 0 ? Priority.URGENT : level < 0 ? Priority.BULK : Priority.NORMAL;
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
            return envelope.attributes().get(MtPriorityExtension.PRIORITY).map(ScheduleParts::priority);
        }
    }
}
