package org.mailwright.smtp.distribution.assembly;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.ext.schedule.FutureReleaseExtension;
import org.mailwright.smtp.ext.schedule.MtPriorityExtension;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What DELIVERBY, FUTURERELEASE and MT-PRIORITY mean for reports, beside what senders asked of them by DSN. */
record ScheduledRequests(ReportRequests usual) implements RequestsOver {

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
    public Optional<String> futureRelease(Message message) {
        return message.attributes().get(FutureReleaseExtension.REQUEST);
    }

    private static Optional<Integer> level(Message message) {
        return message.attributes().get(MtPriorityExtension.PRIORITY);
    }

    @Override
    public Attributes carries(Message message) {
        Attributes carried = usual.carries(message);
        return level(message)
                .map(level -> carried.with(MtPriorityExtension.PRIORITY, level))
                .orElse(carried);
    }

    @Override
    public Priority priority(Message message) {
        return level(message).map(ScheduleParts::priority).orElseGet(() -> usual.priority(message));
    }
}
