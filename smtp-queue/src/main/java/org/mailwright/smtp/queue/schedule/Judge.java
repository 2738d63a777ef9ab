package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what becomes of deliveries after an attempt, and who is told. */
final class Judge {

    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private final RetryPlan plan;
    private final Reporter reporter;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * What is settled in one commit.
     *
     * @param results what each settlement follows from
     */
    record Sentence(List<Settlement> settlements, List<NewMail> reports, List<DeliveryResult> results) {

        /** Tells the log of what is settled. */
        void tell() {
            for (int i = 0; i < settlements.size(); i++) {
                Milestones.settled(settlements.get(i), results.get(i));
            }
        }
    }

    Judge(RetryPlan plan, Reporter reporter, InstantSource clock, RandomGenerator random) {
        this.plan = plan;
        this.reporter = reporter;
        this.clock = clock;
        this.random = random;
    }

    /** Tells whether something is due for a delivery that was not even tried. */
    boolean isOverdue(Delivery delivery) {
        Instant now = clock.instant();
        return !now.isBefore(delivery.message().expires())
                || (!delivery.delayReported() && isLate(delivery.message(), now));
    }

    private boolean isLate(Message message, Instant now) {
        return reporter.late(message)
                .map(at -> !now.isBefore(at))
                .orElseGet(() -> plan.isLate(message.accepted(), now));
    }

    /** Judges an attempt. */
    Sentence of(Attempt.Done done) {
        Instant now = clock.instant();
        List<Settlement> settlements = new ArrayList<>();
        List<Told> told = new ArrayList<>();
        List<Delivery> deliveries = done.attempt().deliveries();
        for (int i = 0; i < deliveries.size(); i++) {
            settlements.add(one(deliveries.get(i), done.results().get(i), now, told));
        }
        if (told.isEmpty()) {
            return new Sentence(settlements, List.of(), done.results());
        }
        try {
            return new Sentence(
                    settlements,
                    reporter.report(done.attempt().first().message(), done.content(), told),
                    done.results());
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "mail {}: the report cannot be written; what failed is tried again instead",
                    done.attempt().first().message().id(),
                    e);
            return new Sentence(settlements.stream().map(this::unreported).toList(), List.of(), done.results());
        }
    }

    private Settlement one(Delivery delivery, DeliveryResult result, Instant now, List<Told> told) {
        Reply reply = result.outcome().reply();
        if (result.outcome().isAccepted()) {
            told.add(new Told(delivery, Kind.SUCCEEDED, result, Optional.empty()));
            return new Settlement.Delivered(delivery, reply);
        }
        Instant expires = delivery.message().expires();
        if (reply.isPermanent() || !now.isBefore(expires)) {
            told.add(new Told(delivery, Kind.FAILED, result, Optional.empty()));
            return new Settlement.Failed(delivery, reply);
        }
        boolean late = isLate(delivery.message(), now);
        if (late && !delivery.delayReported()) {
            told.add(new Told(delivery, Kind.DELAYED, result, Optional.of(expires)));
        }
        Instant next = plan.next(delivery.attempts(), now, expires, random);
        boolean informed = late || delivery.delayReported();
        // who wants to hear that it is late hears of it in time
        Instant due = informed
                ? next
                : reporter.late(delivery.message()).filter(next::isAfter).orElse(next);
        return new Settlement.Deferred(delivery, reply, due, informed);
    }

    /** What is given up without a word is lost: better it stays. */
    private Settlement unreported(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Delivered delivered -> delivered;
            case Settlement.Failed failed -> waiting(failed.delivery(), failed.reply());
            case Settlement.Deferred deferred -> waiting(deferred.delivery(), deferred.reply());
        };
    }

    private Settlement waiting(Delivery delivery, Reply reply) {
        Instant due = plan.next(delivery.attempts(), clock.instant(), Instant.MAX, random);
        return new Settlement.Deferred(delivery, reply, due, delivery.delayReported());
    }
}
