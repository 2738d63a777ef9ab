package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again, and when its sender hears that it is late (RFC 5321 section 4.5.4.1).
 *
 * @param delays time from one attempt to the next; the last one is repeated until the mail expires
 * @param jitter by how much each delay varies, as a part of it, 0 to 0.5: what failed together comes back apart
 * @param warning age of a mail at which its sender is told that it is late; zero: never
 * @since 0.1.0
 */
public record RetryPlan(List<Duration> delays, double jitter, Duration warning) {
    /** A minute, 5, 15, 30, an hour, two, then every four hours, varied by 10 %; a warning after four hours. */
    public static final RetryPlan DEFAULT = new RetryPlan(
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4)),
            0.1,
            Duration.ofHours(4));

    /** Checks the values. */
    public RetryPlan {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("delays must hold at least one");
        }
        for (Duration delay : delays) {
            if (!delay.isPositive()) {
                throw new IllegalArgumentException("a delay must be more than 0, not " + delay);
            }
        }
        if (!(jitter >= 0 && jitter <= 0.5)) {
            throw new IllegalArgumentException("jitter must be 0 to 0.5, not " + jitter);
        }
        if (warning.isNegative()) {
            throw new IllegalArgumentException("warning must not be negative: " + warning);
        }
    }

    /** Returns the same with other delays. */
    public RetryPlan withDelays(List<Duration> other) {
        return new RetryPlan(other, jitter, warning);
    }

    /** Returns the same with another time of warning. */
    public RetryPlan withWarning(Duration age) {
        return new RetryPlan(delays, jitter, age);
    }

    /**
     * Returns when to try again.
     *
     * @param attempts attempts before the one that has just failed
     * @param expires when the mail is given up: it is tried then for the last time, and not later
     */
    Instant next(int attempts, Instant now, Instant expires, RandomGenerator random) {
        Duration delay = delays.get(Math.min(attempts, delays.size() - 1));
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        Instant next = now.plusMillis(Math.max(1, (long) (delay.toMillis() * factor)));
        return next.isAfter(expires) ? expires : next;
    }

    /** Tells whether a sender should hear by now that his mail is late. */
    boolean isLate(Instant accepted, Instant now) {
        return warning.isPositive() && !now.isBefore(accepted.plus(warning));
    }
}
