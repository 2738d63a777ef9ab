package org.mailwright.smtp.queue.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NEVER = NOW.plus(Duration.ofDays(365));
    private static final List<Duration> DELAYS = List.of(Duration.ofMinutes(1), Duration.ofHours(1));

    private final Random random = new Random(1);

    private long millis(RetryPlan plan, int attempts) {
        return Duration.between(NOW, plan.next(attempts, NOW, NEVER, random)).toMillis();
    }

    private NavigableSet<Long> many(RetryPlan plan, int attempts) {
        NavigableSet<Long> found = new TreeSet<>();
        for (int i = 0; i < 1000; i++) {
            found.add(millis(plan, attempts));
        }
        return found;
    }

    @Test
    void eachDelayVariesWithinItsBoundsAndFillsThem() {
        RetryPlan plan = new RetryPlan(DELAYS, 0.1, Duration.ZERO);
        for (int attempts = 0; attempts < 3; attempts++) {
            long delay = DELAYS.get(Math.min(attempts, 1)).toMillis();
            NavigableSet<Long> found = many(plan, attempts);
            assertTrue(found.first() >= delay * 0.9 && found.last() <= delay * 1.1, found.toString());
            assertTrue(found.first() < delay * 0.91 && found.last() > delay * 1.09, found.toString());
            assertTrue(found.size() > 500, "different delays: " + found.size());
        }
    }

    @Test
    void withoutJitterEachDelayIsTheOneThatIsSaid() {
        RetryPlan plan = new RetryPlan(DELAYS, 0, Duration.ZERO);
        assertEquals(Set.of(60_000L), many(plan, 0));
        assertEquals(Set.of(3_600_000L), many(plan, 7));
    }

    @Test
    void theLastAttemptIsNotLaterThanTheMailIsGivenUp() {
        RetryPlan plan = new RetryPlan(DELAYS, 0.5, Duration.ZERO);
        Instant expires = NOW.plusSeconds(20);
        assertEquals(expires, plan.next(0, NOW, expires, random));
    }
}
