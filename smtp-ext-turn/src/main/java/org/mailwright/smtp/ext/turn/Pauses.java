package org.mailwright.smtp.ext.turn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the same thing be done only so often. Remembers a bounded number of things: the latest. */
final class Pauses {

    private static final int MOST = 10_000;

    private final Duration pause;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> begun = new LinkedHashMap<>();

    Pauses(Duration pause, InstantSource clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /** Takes leave to do it now; false when it was done a moment ago. */
    boolean take(String what) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Instant last = begun.get(what);
            if (last != null && now.isBefore(last.plus(pause))) {
                return false;
            }
            begun.remove(what);
            begun.put(what, now);
            if (begun.size() > MOST) {
                begun.remove(begun.keySet().iterator().next());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** It was not done after all. */
    void giveBack(String what) {
        lock.lock();
        try {
            begun.remove(what);
        } finally {
            lock.unlock();
        }
    }
}
