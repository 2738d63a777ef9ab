package org.mailwright.smtp.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;

/** The mails of a run that nobody has begun yet, shared by all threads. */
final class Tickets {

    private final AtomicLong left;

    Tickets(long messages) {
        left = new AtomicLong(messages);
    }

    /** Takes one mail to send; false if all are taken. */
    boolean take() {
        return left.getAndDecrement() > 0;
    }

    /** Whether a mail may still be taken. */
    boolean any() {
        return left.get() > 0;
    }

    /** How many nobody took. */
    long left() {
        return Math.max(0, left.get());
    }
}
