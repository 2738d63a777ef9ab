package org.mailwright.smtp.ext.auth;

import java.time.Duration;

/**
 * How failed attempts to log in are slowed down and bounded. Users are never locked out: that would let a stranger lock
 * them out.
 *
 * @param perConnection failures of one connection; the last one closes it with 421; 1 or more
 * @param delay how long the reply to the first failure of a connection is held back; each further one twice as long
 * @param longestDelay bound of that growth
 * @param perAddress failures of one client address, over all its connections, within a window; then it may not try any
 *     more until the window is over; 1 or more. An IPv6 address counts by its first 64 bits; loopback addresses do not
 *     count, since there one client stands for many people
 * @param window how long the failures of an address are counted
 * @param addresses how many addresses are remembered; when there are more, the oldest is forgotten; 1 or more
 * @since 0.1.0
 */
public record FailureLimits(
        int perConnection, Duration delay, Duration longestDelay, int perAddress, Duration window, int addresses) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Six failures per connection, held back for 1, 2 and then 4 seconds; 100 per address in ten minutes. */
    public static final FailureLimits DEFAULT =
            new FailureLimits(6, Duration.ofSeconds(1), Duration.ofSeconds(4), 100, Duration.ofMinutes(10), 10_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the key that is out of bounds
     */
    public FailureLimits {
        atLeastOne("failures-per-connection", perConnection);
        atLeastOne("failures-per-address", perAddress);
        atLeastOne("failure-addresses", addresses);
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("failure-delay: expected 0 to 60 s, found " + delay.toSeconds() + " s");
        }
        if (longestDelay.compareTo(delay) < 0 || longestDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "failure-delay-max: expected failure-delay to 60 s, found " + longestDelay.toSeconds() + " s");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("failure-window: expected more than 0 s");
        }
    }

    /** How long the reply to a failure is held back, the first having the number 1. */
    Duration delayOf(int failure) {
        Duration grown = delay.multipliedBy(1L << Math.min(failure - 1, 20));
        return grown.compareTo(longestDelay) > 0 ? longestDelay : grown;
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": expected at least 1, found " + value);
        }
    }
}
