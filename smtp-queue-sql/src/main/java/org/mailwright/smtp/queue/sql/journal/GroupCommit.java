package org.mailwright.smtp.queue.sql.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread do together what many threads wait for. While it is busy the next batch gathers, so that the batches
 * are as large as there are waiting threads, and one that is alone waits for nobody.
 *
 * @param <J> one thing to be done
 * @since 0.1.0
 */
public final class GroupCommit<J> {

    /** Does all of a batch, or throws: then none of it counts as done. */
    @FunctionalInterface
    public interface Work<J> {
        /**
         * Does what many wait for.
         *
         * @throws IOException when none of it is done
         */
        void run(List<J> batch) throws IOException;
    }

    private record Waiting<J>(J job, CompletableFuture<Void> done) {}

    private final Work<J> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Thread thread;
    private List<Waiting<J>> waiting = new ArrayList<>();
    private boolean closed;

    /** Makes one with a thread of that name. */
    public GroupCommit(String name, Work<J> work) {
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon(true).start(this::loop);
    }

    /**
     * Waits until it is done.
     *
     * @throws IOException when it could not be done, or this is closed
     */
    public void run(J job) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the queue is closed");
            }
            waiting.add(new Waiting<>(job, done));
            if (waiting.size() == 1) {
                some.signal();
            }
        } finally {
            lock.unlock();
        }
        await(done);
    }

    /** Not to be interrupted: what is under way may become durable, and must then be known to be. */
    private static void await(CompletableFuture<Void> done) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException("not on the medium: " + e.getMessage(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop() {
        for (List<Waiting<J>> batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                work.run(batch.stream().map(Waiting::job).toList());
                batch.forEach(each -> each.done().complete(null));
            } catch (IOException | RuntimeException | Error e) {
                batch.forEach(each -> each.done().completeExceptionally(e));
            }
        }
    }

    /** Returns what waits; nothing when this is closed and all is done. */
    private List<Waiting<J>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.awaitUninterruptibly();
            }
            List<Waiting<J>> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Does what waits, and ends the thread. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            some.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
