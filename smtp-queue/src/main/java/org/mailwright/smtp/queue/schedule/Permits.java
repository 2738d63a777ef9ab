package org.mailwright.smtp.queue.schedule;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leave for the requests of one pool that are under way at the same time. Destinations that nobody has spoken to yet,
 * or that could not be spoken to last, share half of it: a request to a host that does not answer lasts for as long as
 * its time-outs, and any number of such hosts must leave something for those that answer.
 */
final class Permits {

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();

    Permits(int most) {
        this.most = most;
    }

    /** Leave for one request. */
    final class Permit {

        private boolean stranger;

        private Permit(boolean stranger) {
            this.stranger = stranger;
        }

        /** Notes that its destination was spoken to. */
        void prove() {
            if (stranger) {
                stranger = false;
                strangers.decrementAndGet();
            }
        }

        /** Gives it back. */
        void release() {
            prove();
            taken.decrementAndGet();
        }
    }

    /**
     * Takes leave.
     *
     * @param known whether the destination was spoken to
     */
    Optional<Permit> take(boolean known) {
        if (!known && strangers.incrementAndGet() > Math.max(1, most / 2)) {
            strangers.decrementAndGet();
            return Optional.empty();
        }
        Permit permit = new Permit(!known);
        if (taken.incrementAndGet() > most) {
            permit.release();
            return Optional.empty();
        }
        return Optional.of(permit);
    }

    boolean hasMore() {
        return taken.get() < most;
    }

    /** Tells whether so many destinations have not answered that a new one is to be asked with one mail first. */
    boolean areScarce() {
        return strangers.get() > most / 8;
    }
}
