package org.mailwright.smtp.queue.schedule;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LanePolicy;

/** How the destination of a lane does: its pace, and what it said last when it could not be spoken to. For one lock. */
final class Destination {

    private final Lateness lateness;
    private final Pace pace;
    private Optional<DeliveryResult> failure = Optional.empty();
    private Optional<Instant> rest = Optional.empty();

    Destination(LanePolicy policy, Lateness lateness) {
        this.lateness = lateness;
        this.pace = new Pace(policy, System.nanoTime());
    }

    Pace pace() {
        return pace;
    }

    boolean outOfOrder() {
        return pace.outOfOrder();
    }

    /** What it said; empty when it was spoken to last. */
    Optional<DeliveryResult> failure() {
        return failure;
    }

    /** When the first of those that it failed is due again. */
    Optional<Instant> rest() {
        return rest;
    }

    /**
     * Notes what became of an attempt.
     *
     * @param nanos how long it took
     */
    void note(Attempt.Done done, Judge.Sentence sentence, long nanos) {
        if (Request.destinationFailed(done)) {
            failure = done.results().stream().findFirst();
            Optional<Instant> due = Request.earliest(sentence);
            rest = rest.isPresent() && (due.isEmpty() || rest.get().isBefore(due.get())) ? rest : due;
            pace.failed();
        } else {
            failure = Optional.empty();
            rest = Optional.empty();
            // a refusal is quick, and nothing to compare with
            boolean accepted =
                    done.results().stream().anyMatch(result -> result.outcome().isAccepted());
            if (accepted && Request.isSmall(done.attempt().first().message())) {
                pace.took(nanos);
            }
            pace.succeeded(lateness.share());
        }
    }
}
