package org.mailwright.smtp.distribution.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the log to a stream, many lines with one write. A write per line costs a busy server as much as half of all
 * else that it does for a mail.
 *
 * <p>A line waits for others at most {@link #PATIENCE}; a warning or an error waits for none. When more than
 * {@link #MOST_WAITING} lines wait, whoever logs waits too: no line is dropped. What is logged while the process ends
 * is written at once.
 */
final class BatchedConsole extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** How long a line waits for others. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    /** Lines that may wait. */
    static final int MOST_WAITING = 8192;

    private final Layout<ILoggingEvent> layout;
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition urgent = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ReentrantLock writing = new ReentrantLock();
    private List<ILoggingEvent> waiting = new ArrayList<>();
    private boolean hurry;
    private boolean atOnce;

    /**
     * An appender that is not started.
     *
     * @param out is flushed after each batch and never closed
     */
    BatchedConsole(Layout<ILoggingEvent> layout, OutputStream out) {
        this.layout = layout;
        this.out = out;
    }

    @Override
    public void start() {
        Thread writer = new Thread(this::writeBatches, "log");
        writer.setDaemon(true);
        writer.start();
        super.start();
    }

    /** Writes what waits; lines that come later are written by those who log them. */
    @Override
    public void stop() {
        super.stop();
        finish();
    }

    /** Writes what waits, and from now on each line at once: the process ends. */
    void finish() {
        lock.lock();
        try {
            atOnce = true;
            filled.signalAll();
            urgent.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
        writeWaiting();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.getThreadName(); // kept by the event from now on, as is the message: both are of this moment
        event.getFormattedMessage();
        boolean now;
        lock.lock();
        try {
            while (waiting.size() >= MOST_WAITING && !atOnce) {
                emptied.awaitUninterruptibly();
            }
            waiting.add(event);
            now = atOnce;
            if (waiting.size() == 1) {
                filled.signal();
            }
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                hurry = true;
                urgent.signal();
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            writeWaiting();
        }
    }

    private void writeBatches() {
        try {
            while (awaitBatch()) {
                writeWaiting();
            }
        } catch (InterruptedException nobodyDoesThat) {
            finish();
        }
    }

    private boolean awaitBatch() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !atOnce) {
                filled.await();
            }
            long left = PATIENCE.toNanos();
            while (left > 0 && !hurry && !atOnce && waiting.size() < MOST_WAITING / 2) {
                left = urgent.awaitNanos(left);
            }
            return !atOnce;
        } finally {
            lock.unlock();
        }
    }

    private List<ILoggingEvent> take() {
        lock.lock();
        try {
            List<ILoggingEvent> batch = waiting;
            waiting = new ArrayList<>();
            hurry = false;
            emptied.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Takes and writes under one lock, so that no batch overtakes another. */
    private void writeWaiting() {
        writing.lock();
        try {
            List<ILoggingEvent> batch = take();
            if (!batch.isEmpty()) {
                StringBuilder lines = new StringBuilder(batch.size() * 160);
                batch.forEach(event -> lines.append(layout.doLayout(event)));
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException gone) {
            addError("the log cannot be written", gone);
        } finally {
            writing.unlock();
        }
    }
}
