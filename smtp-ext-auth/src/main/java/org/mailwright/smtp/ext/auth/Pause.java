package org.mailwright.smtp.ext.auth;

import java.time.Duration;

/** Holds the reply to a failed attempt back, on the thread of its session. */
@FunctionalInterface
interface Pause {

    /** Sleeps; the thread is a virtual one, so nobody else waits. */
    Pause SLEEP = span -> {
        try {
            Thread.sleep(span);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    };

    void hold(Duration span);
}
