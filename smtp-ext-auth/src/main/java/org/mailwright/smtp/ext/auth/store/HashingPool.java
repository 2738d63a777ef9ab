package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The few threads on which passwords are hashed, so that a flood of logins takes neither all processors nor all memory.
 *
 * <p>Platform threads, because a hash computes and never waits: on virtual threads it would hold the carriers of all
 * the sessions. They start when there is work and end after half a minute without.
 *
 * @since 0.1.0
 */
public final class HashingPool implements AutoCloseable {

    private final Semaphore free;
    private final Duration maxWait;
    private final ThreadPoolExecutor threads;

    /**
     * A pool without threads yet.
     *
     * @param concurrency how many hashes are computed at the same time, 1 or more
     * @param maxWait how long a caller waits for its turn before it is refused
     */
    public HashingPool(int concurrency, Duration maxWait) {
        this.free = new Semaphore(concurrency, true);
        this.maxWait = maxWait;
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("password-hashing-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a computation on a thread of the pool and waits for its result.
     *
     * @throws HashingBusyException when no thread became free in time
     * @throws InterruptedIOException when the caller was interrupted; the computation may still run to its end
     * @throws IOException when the pool is closed
     */
    public <T> T run(Supplier<T> computation) throws IOException {
        try {
            if (!free.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HashingBusyException(maxWait);
            }
            return submit(computation).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a password was hashed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing a password failed", e.getCause());
        }
    }

    private <T> Future<T> submit(Supplier<T> computation) throws IOException {
        try {
            return threads.submit(() -> {
                try {
                    return computation.get();
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
            throw new IOException("password hashing has been shut down", e);
        }
    }

    /** Takes no more work; what has begun is finished. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
