package org.mailwright.smtp.queue;

/**
 * How fast a lane may be delivered.
 *
 * @param concurrency most requests at the same time; a new lane begins with {@code initialConcurrency}
 * @param initialConcurrency requests at the same time until some have succeeded, at most {@code concurrency}
 * @param perSecond most mails per second; 0: as many as there are
 * @param recipients most recipients of one request
 * @since 0.1.0
 */
public record LanePolicy(int concurrency, int initialConcurrency, double perSecond, int recipients) {

    /** 20 at the same time, beginning with 5; no rate; 100 recipients (RFC 5321 section 4.5.3.1.8). */
    public static final LanePolicy DEFAULT = new LanePolicy(20, 5, 0, 100);

    /** Checks the values. */
    public LanePolicy {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
        }
        if (initialConcurrency < 1 || initialConcurrency > concurrency) {
            throw new IllegalArgumentException(
                    "initialConcurrency must be 1 to " + concurrency + ", not " + initialConcurrency);
        }
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("perSecond must not be negative: " + perSecond);
        }
        if (recipients < 1) {
            throw new IllegalArgumentException("recipients must be at least 1, not " + recipients);
        }
    }
}
