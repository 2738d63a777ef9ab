package org.mailwright.smtp.ext.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only when it is told to. */
final class TestClock implements InstantSource {

    private Instant now = Instant.EPOCH;

    void advance(Duration span) {
        now = now.plus(span);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
