package org.mailwright.smtp.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. Copies in other zones show the same time.
 *
 * @since 0.1.0
 */
public final class TestClock extends Clock {

    private final Instant start;
    private final AtomicLong nanos;
    private final ZoneId zone;

    private TestClock(Instant start, AtomicLong nanos, ZoneId zone) {
        this.start = start;
        this.nanos = nanos;
        this.zone = zone;
    }

    /** Returns a clock in UTC. */
    public static TestClock at(Instant start) {
        return new TestClock(start, new AtomicLong(), ZoneOffset.UTC);
    }

    /** Returns a clock in UTC that shows a time such as "2030-01-31T12:00:00Z". */
    public static TestClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Moves it on, or back for a negative span; by at most 292 years in all. */
    public void advance(Duration span) {
        nanos.addAndGet(span.toNanos());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public TestClock withZone(ZoneId other) {
        return new TestClock(start, nanos, other);
    }
}
