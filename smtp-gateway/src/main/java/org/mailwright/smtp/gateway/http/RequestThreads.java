package org.mailwright.smtp.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A virtual thread for each request, of which so many run at the same time, each for a limited time: then it is
 * interrupted, which closes its connection wherever it waits for it. It must not be interrupted where it works for the
 * queue, so the time ends to run when the request {@linkplain #untimed says so}.
 */
final class RequestThreads implements Executor, AutoCloseable {
    private final Semaphore turns;
    private final Duration time;
    private final ScheduledThreadPoolExecutor clock;
    private final Map<Thread, Limit> limits = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private volatile boolean stopping;

    RequestThreads(int atOnce, Duration time) {
        this.turns = new Semaphore(atOnce, true);
        this.time = time;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-inlet-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setRejectedExecutionHandler(
                new ThreadPoolExecutor.DiscardPolicy()); // nothing runs for long after its end
    }

    /** The time of one request. */
    private static final class Limit {
        private final ReentrantLock lock = new ReentrantLock();
        private final Thread thread;
        private boolean over;

        Limit(Thread thread) {
            this.thread = thread;
        }

        void expire() {
            lock.lock();
            try {
                if (!over) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                over = true;
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void execute(Runnable request) {
        Thread.ofVirtual().name("http-inlet").start(() -> run(request));
    }

    private void run(Runnable request) {
        Limit limit = new Limit(Thread.currentThread());
        limits.put(limit.thread, limit);
        if (stopping) {
            limit.thread.interrupt();
        }
        Future<?> alarm = clock.schedule(limit::expire, time.toNanos(), TimeUnit.NANOSECONDS);
        boolean turn = false;
        try {
            turn = acquired();
            // without a turn it is interrupted, and does nothing but close its connection
            request.run();
        } finally {
            limit.end();
            alarm.cancel(false);
            limits.remove(limit.thread);
            ended();
            if (turn) {
                turns.release();
            }
        }
    }

    private boolean acquired() {
        try {
            turns.acquire();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets the request of this thread go on without bound: its time has not run out, and will not. */
    void untimed() throws InterruptedException {
        Limit limit = limits.get(Thread.currentThread());
        if (limit != null) {
            limit.end();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the time of the request is over");
        }
    }

    private void ended() {
        lock.lock();
        try {
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the time of requests whose mail is not whole, and of those to come, and waits for the others.
     *
     * @param patience how long
     */
    void stop(Duration patience) {
        stopping = true;
        limits.values().forEach(Limit::expire);
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!limits.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends, once no request comes any more. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
