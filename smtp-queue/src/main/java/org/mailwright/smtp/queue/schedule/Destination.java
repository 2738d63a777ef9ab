package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LanePolicy;

/** How the destination of a lane does: its pace, and what it said last when it could not be spoken to. For one lock. */
final class Destination {

    /** Hosts that answer do so sooner, most of them. */
    private static final long SILENT = Duration.ofSeconds(2).toNanos();

    private final Lateness lateness;
    private final Permits permits;
    private final Pace pace;
    private Optional<Permits.Permit> permit = Optional.empty();
    private final long begun = System.nanoTime();
    private volatile boolean known;
    private Optional<DeliveryResult> failure = Optional.empty();
    private Optional<Instant> rest = Optional.empty();

    Destination(LanePolicy policy, Lateness lateness, Permits permits) {
        this.lateness = lateness;
        this.permits = permits;
        this.pace = new Pace(policy, System.nanoTime());
    }

    Pace pace() {
        return pace;
    }

    /** Tells whether it was spoken to last. */
    boolean isKnown() {
        return known;
    }

    /** Tells whether it has not been spoken to, although it is tried since a while. For any thread. */
    boolean isSilent(long nanos) {
        return !known && nanos - begun > SILENT;
    }

    /**
     * Takes leave to begin one more request: 0, or how many nanoseconds to wait at most before asking again.
     *
     * @param underWay how many there are
     * @param recipients those of the new one
     */
    long enter(int underWay, int recipients) {
        if (!known && permits.areScarce()) {
            pace.ask();
        }
        if (underWay >= pace.window()) {
            return Long.MAX_VALUE;
        }
        permit = permits.take(known);
        if (permit.isEmpty()) {
            return TimeUnit.MILLISECONDS.toNanos(20);
        }
        long wait = pace.take(recipients, System.nanoTime());
        if (wait > 0) {
            permit.get().release();
        }
        return wait;
    }

    /** Returns the leave that was taken last. */
    Permits.Permit permit() {
        return permit.orElseThrow();
    }

    /** Tells whether a request may go on with another mail: not where others wait for leave. */
    boolean mayGoOn() {
        return permits.hasMore();
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
            known = false;
            pace.failed();
        } else {
            known = true;
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
