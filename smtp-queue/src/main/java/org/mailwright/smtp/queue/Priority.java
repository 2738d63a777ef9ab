package org.mailwright.smtp.queue;

/**
 * How urgent a delivery is among those of its lane. No class starves: when all wait, most turns go to the urgent ones,
 * and some to each of the others.
 *
 * @since 0.1.0
 */
public enum Priority {
    /** Before all others: an alarm, a password to be set. */
    URGENT(0),
    /** What people write. */
    NORMAL(1),
    /** What may wait: newsletters, reports of delivery. */
    BULK(2);

    private final int code;

    Priority(int code) {
        this.code = code;
    }

    /** Returns the number that a store keeps: never changed, lower ones are more urgent. */
    public int code() {
        return code;
    }

    /**
     * Returns the priority of a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Priority of(int code) {
        for (Priority priority : values()) {
            if (priority.code == code) {
                return priority;
            }
        }
        throw new IllegalArgumentException("no priority has the number " + code);
    }
}
