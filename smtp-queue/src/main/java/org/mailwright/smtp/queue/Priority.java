package org.mailwright.smtp.queue;

/**
 * How urgent a delivery is among those of its lane. No class starves: when all wait, most turns go to the urgent ones,
 * and some to each of the others.
 *
 * @since 0.1.0
 */
public enum Priority {
    /** Before all others: an alarm, a password to be set. */
    URGENT,
    /** What people write. */
    NORMAL,
    /** What may wait: newsletters, reports of delivery. */
    BULK
}
