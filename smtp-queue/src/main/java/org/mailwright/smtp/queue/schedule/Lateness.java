package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late threads of this process begin, usually. Where they are late, this machine is what mails wait for: with more
 * of them under way, each only takes longer, and holds its memory for longer.
 */
final class Lateness {

    private static final long MUCH = Duration.ofMillis(3).toNanos();
    private static final int MEMORY = 16;

    private final AtomicLong usual = new AtomicLong();

    /** Notes how many nanoseconds a thread took to begin. */
    void note(long nanos) {
        usual.updateAndGet(known -> known + (nanos - known) / MEMORY);
    }

    boolean much() {
        return usual.get() > MUCH;
    }
}
