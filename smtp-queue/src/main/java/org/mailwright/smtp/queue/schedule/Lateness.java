package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late threads of this process begin, usually. Where they are late, this machine is what mails wait for: with more
 * of them under way, each only takes longer, and holds its memory for longer.
 */
final class Lateness {

    /** Far more than a thread takes to begin where a processor is free. */
    private static final long MUCH = Duration.ofMillis(1).toNanos();

    private static final long MOST = 8 * MUCH;
    private static final double LEAST_SHARE = 0.5;
    private static final int MEMORY = 16;

    private final AtomicLong usual = new AtomicLong();

    /** Returns what a thread is to run that begins now, such that its delay is noted. */
    Runnable noting(Runnable task) {
        long begun = System.nanoTime();
        return () -> {
            note(System.nanoTime() - begun);
            task.run();
        };
    }

    /** Notes how many nanoseconds a thread took to begin. */
    void note(long nanos) {
        long counted = Math.min(nanos, MOST); // a machine that slept for a while is not late for long
        usual.updateAndGet(known -> known + (counted - known) / MEMORY);
    }

    /** Returns the part of what may be under way that this machine keeps up with: from a half to all of it. */
    double share() {
        return Math.max(LEAST_SHARE, Math.min(1, (double) MUCH / Math.max(1, usual.get())));
    }
}
