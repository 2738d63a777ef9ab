package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Tells one thread that there is something to do; what is rung while nobody waits is heard later. */
final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean ringing;

    void ring() {
        lock.lock();
        try {
            ringing = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets that it was rung: what was rung for is looked at now. */
    void quiet() {
        lock.lock();
        try {
            ringing = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it is rung.
     *
     * @param unless ends the wait too; looked at when it is rung
     */
    void await(Duration most, BooleanSupplier unless) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!ringing && !unless.getAsBoolean() && left > 0) {
                left = rung.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
