package org.mailwright.smtp.queue.schedule;

import org.mailwright.smtp.queue.LanePolicy;

/**
 * How many requests of one lane may be under way: a destination that answers well gets more, one that fails gets fewer,
 * each by the part of one in as many as there are; where this machine does not keep up, one goes back to a part of what
 * it may have, or to what it began with. After a whole cohort of failures without any success it is out of order. One
 * that takes much longer for each mail than it could gets no more: more at a time would only wait longer, there or
 * here. And how fast they may begin. For one lock.
 *
 * <p>What every mail runs through changes smoothly, without branches: one that is taken for the first time where many
 * destinations begin costs a compiled path just when all is busy.
 */
final class Pace {

    /**
     * How much longer than the quickest a mail may usually take while there are to be more at a time; with twice that
     * there are no more at all.
     */
    private static final double SLOWER = 8;
    /** Of so many mails {@link #usual} is the mean, about. */
    private static final int MEMORY = 8;
    /** By how much the quickest is forgotten with each mail, so that a route that has changed is learned anew. */
    private static final double FORGOTTEN = 1.001;

    private final LanePolicy policy;
    private double window;
    private double failedCohorts;
    private double quickest = Double.MAX_VALUE;
    private double usual;
    private int taken;
    private double tokens;
    private long filledAt;

    Pace(LanePolicy policy, long nanos) {
        this.policy = policy;
        this.window = policy.initialConcurrency();
        this.tokens = Math.min(1, burst());
        this.filledAt = nanos;
    }

    private double burst() {
        return Math.max(1, policy.perSecond());
    }

    /** Returns how many may be under way. */
    int window() {
        return (int) Math.max(1, Math.floor(window));
    }

    /**
     * Notes that the destination was spoken to.
     *
     * @param share the part of its concurrency that this machine keeps up with
     */
    void succeeded(double share) {
        failedCohorts = 0;
        double most = Math.max(policy.initialConcurrency(), policy.concurrency() * share);
        double growth = Math.max(0, Math.min(1, 2 - usual / (quickest * SLOWER)));
        window = Math.max(Math.min(most, window + growth / window), window - 1 / window);
    }

    /** Notes how long it took over a mail; only those of about the same size can be compared. */
    void took(long nanos) {
        quickest = Math.min(quickest * FORGOTTEN, (double) Math.max(1, nanos));
        taken = Math.min(MEMORY, taken + 1);
        usual += ((double) nanos - usual) / taken;
    }

    /** Begins with one request, whose failure is that of all. */
    void ask() {
        window = 1;
    }

    /** Notes that the destination could not even be spoken to. */
    void failed() {
        failedCohorts += 1 / window;
        window = Math.max(1, window - 1 / window);
    }

    /** Tells whether it makes no sense to go on. */
    boolean outOfOrder() {
        return failedCohorts > 0.999;
    }

    /**
     * Takes leave to begin with so many recipients.
     *
     * @return 0, or how many nanoseconds to wait before asking again
     */
    long take(int recipients, long nanos) {
        if (policy.perSecond() <= 0) {
            return 0;
        }
        tokens = Math.min(burst(), tokens + (nanos - filledAt) / 1e9 * policy.perSecond());
        filledAt = nanos;
        if (tokens < 1) {
            return (long) Math.ceil((1 - tokens) / policy.perSecond() * 1e9);
        }
        // a request with many recipients is paid for afterwards
        tokens -= recipients;
        return 0;
    }
}
