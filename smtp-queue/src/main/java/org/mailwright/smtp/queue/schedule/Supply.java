package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.MailQueue;

/**
 * Takes what is due in a lane out of the queue, a bit ahead and beside the deliveries, so that these do not wait for
 * the store. All is called with the lock of its lane held.
 */
final class Supply {

    private static final int FEWEST = 10;
    private static final int MOST = 100;

    private final MailQueue queue;
    private final Lateness lateness;
    private final LaneLease lease;
    private final Load load;
    private final int recipients;
    private final ReentrantLock lock;
    private final Condition changed;
    private boolean more = true;
    private boolean fetching;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * Supplies a lane.
     *
     * @param recipients most recipients of one request
     * @param changed signalled when something has come, or nothing
     */
    Supply(
            MailQueue queue,
            Lateness lateness,
            LaneLease lease,
            Load load,
            int recipients,
            ReentrantLock lock,
            Condition changed) {
        this.queue = queue;
        this.lateness = lateness;
        this.lease = lease;
        this.load = load;
        this.recipients = recipients;
        this.lock = lock;
        this.changed = changed;
    }

    /** Notes that there is more in the lane. */
    void signal() {
        more = true;
    }

    /** Forgets what is on the medium, and looks again for what was put off: somebody may have asked for it since. */
    void settled(Attempt attempt, boolean deferred) {
        load.forget(attempt);
        more |= deferred;
    }

    boolean isFetching() {
        return fetching;
    }

    /** Tells whether there may be more in the lane than was asked for, and it can be asked for now. */
    boolean hasMore() {
        return more && !fetching;
    }

    /** Tells whether little is left, and there may be more. */
    boolean isShort(int window) {
        return hasMore() && load.ready() <= 2 * window;
    }

    /**
     * Begins to fetch where little is left.
     *
     * @param window how many requests may be under way
     * @throws IOException when what was fetched last could not be
     */
    void refill(int window) throws IOException {
        if (failure.isPresent()) {
            Throwable thrown = failure.get();
            failure = Optional.empty();
            throw new IOException("the deliveries of " + lease.lane() + " cannot be read: " + thrown, thrown);
        }
        if (!isShort(window)) {
            return;
        }
        int most = Math.clamp(8L * window, FEWEST, MOST);
        Set<Long> except = load.ids();
        Thread.ofVirtual().name("fetch " + lease.lane()).start(lateness.noting(() -> fetch(most, except)));
        // it cannot have ended yet: for that it needs the lock
        more = false;
        fetching = true;
    }

    /** Whatever is thrown, the lane hears that it is over: it would wait for it for ever. */
    private void fetch(int most, Set<Long> except) {
        List<Delivery> found = List.of();
        Optional<Throwable> thrown = Optional.empty();
        try {
            found = queue.next(lease, most, except);
        } catch (IOException | RuntimeException | Error e) {
            thrown = Optional.of(e);
        }
        lock.lock();
        try {
            load.add(found, recipients);
            more |= found.size() >= most || thrown.isPresent();
            failure = thrown;
            fetching = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
