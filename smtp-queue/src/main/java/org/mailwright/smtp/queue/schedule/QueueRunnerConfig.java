package org.mailwright.smtp.queue.schedule;

import java.time.Duration;

/**
 * How a {@link QueueRunner} works.
 *
 * @param retry when what failed is tried again
 * @param lanes most lanes that are delivered at the same time, at least 1
 * @param requests most requests under way at the same time, of all lanes of a pool, at least 1; half of them to
 *     destinations that have not answered yet
 * @param linger how long a lane that has been emptied is kept, so that its connections serve what comes next
 * @param renewal how often leases are renewed: a quarter of what they last for
 * @param poll how often other nodes' mail is looked for; a node hears of its own at once
 * @since 0.1.0
 */
public record QueueRunnerConfig(
        RetryPlan retry, int lanes, int requests, Duration linger, Duration renewal, Duration poll) {
    /** 1,000 lanes, 2,000 requests, lingering for 2 seconds, leases renewed every 15 seconds, a look each second. */
    public static final QueueRunnerConfig DEFAULT = new QueueRunnerConfig(
            RetryPlan.DEFAULT, 1000, 2000, Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(1));

    /** Checks the values. */
    public QueueRunnerConfig {
        if (lanes < 1 || requests < 1) {
            throw new IllegalArgumentException("lanes and requests must be at least 1");
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger must not be negative: " + linger);
        }
        if (!renewal.isPositive() || !poll.isPositive()) {
            throw new IllegalArgumentException("renewal and poll must be more than 0");
        }
    }

    /** Returns the same with another plan. */
    public QueueRunnerConfig withRetry(RetryPlan plan) {
        return new QueueRunnerConfig(plan, lanes, requests, linger, renewal, poll);
    }

    /** Returns the same with other bounds of what goes on at the same time. */
    public QueueRunnerConfig withBounds(int mostLanes, int mostRequests) {
        return new QueueRunnerConfig(retry, mostLanes, mostRequests, linger, renewal, poll);
    }

    /** Returns the same with another time for which a lane lingers. */
    public QueueRunnerConfig withLinger(Duration time) {
        return new QueueRunnerConfig(retry, lanes, requests, time, renewal, poll);
    }

    /** Returns the same for leases that last so long. */
    public QueueRunnerConfig withLease(Duration lease) {
        return new QueueRunnerConfig(retry, lanes, requests, linger, lease.dividedBy(4), poll);
    }

    /** Returns the same with another time between two looks for the mail of other nodes. */
    public QueueRunnerConfig withPoll(Duration time) {
        return new QueueRunnerConfig(retry, lanes, requests, linger, renewal, time);
    }
}
