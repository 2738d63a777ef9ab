package org.mailwright.smtp.distribution.control;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Future;
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

    /** Does something after a time, unless it is cancelled before. */
    Future<?> after(Duration time, Runnable action) {
        return timer.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
