package org.mailwright.smtp.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long mails may follow others on busy connections. One thread per server looks after all of them, for as long as
 * some wait: a timer for each mail would cost more than what it is for.
 *
 * @param most after that time at the latest, and after half of it at the earliest, a mail is seen to
 */
record Patience(Duration most) {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

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
                more = look(hurry, System.nanoTime() - half);
            }
        });
    }

    private static boolean look(LongPredicate hurry, long moment) {
        try {
            return hurry.test(moment);
        } catch (RuntimeException e) {
            LOG.error("a mail that waits for a connection could not be seen to; it goes on waiting", e);
            return true;
        }
    }
}
