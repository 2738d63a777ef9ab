package org.mailwright.smtp.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * How long mails may follow others on busy connections. One thread of a server looks after all of them, for as long as
 * some wait: a timer for each mail would cost more than what it is for.
 *
 * @param most after that time at the latest, and after half of it at the earliest, a mail is seen to
 */
record Patience(Duration most) {

    /**
     * Begins to watch.
     *
     * @param hurry sees to the mails that have waited since before that moment of {@link System#nanoTime}, and tells
     *     whether to go on
     */
    void watch(LongPredicate hurry) {
        long half = most.toNanos() / 2;
        Thread.ofVirtual().name("patience").start(() -> {
            boolean more = true;
            while (more) {
                LockSupport.parkNanos(half);
                more = hurry.test(System.nanoTime() - half);
            }
        });
    }
}
