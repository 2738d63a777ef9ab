package org.mailwright.smtp.distribution.control;

import java.io.Closeable;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings when something took too long. Has no thread before the first alarm is set. */
final class Alarms implements Closeable {
    private final ScheduledThreadPoolExecutor timer;

    Alarms() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("control-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Does something after a time, unless it is cancelled before.
     *
     * @throws ClosedChannelException when all of it has ended
     */
    Future<?> after(Duration time, Runnable action) throws ClosedChannelException {
        try {
            return timer.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            ClosedChannelException ended = new ClosedChannelException();
            ended.initCause(e);
            throw ended;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
