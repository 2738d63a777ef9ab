package org.mailwright.smtp.queue.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.queue.LanePolicy;

class PaceTest {

    private static final long QUICK = 1_000_000;

    private final Pace pace = new Pace(new LanePolicy(20, 5, 0, 100), 0);

    private void succeed(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            pace.took(nanos);
            pace.succeeded(1);
        }
    }

    @Test
    void aDestinationThatAnswersWellGetsMoreUpToItsBound() {
        assertEquals(5, pace.window());
        succeed(300, QUICK);
        assertEquals(20, pace.window());
    }

    @Test
    void oneThatOnlyMakesMailsWaitGetsNoMore() {
        succeed(1, QUICK);
        succeed(300, 100 * QUICK);
        assertTrue(pace.window() < 8, "window " + pace.window());
    }

    @Test
    void theSlowerTheFewerMore() {
        Pace even = new Pace(new LanePolicy(20, 5, 0, 100), 0);
        for (Pace each : List.of(pace, even)) {
            each.took(QUICK);
        }
        for (int i = 0; i < 60; i++) {
            pace.took(12 * QUICK);
            pace.succeeded(1);
            even.took(7 * QUICK);
            even.succeeded(1);
        }
        assertTrue(5 < pace.window() && pace.window() < even.window(), pace.window() + " and " + even.window());
    }

    @Test
    void oneThatIsAskedBeginsWithOneMailWhoseFailureIsEnough() {
        pace.ask();
        assertEquals(1, pace.window());
        pace.failed();
        assertTrue(pace.outOfOrder());
        pace.succeeded(1);
        assertFalse(pace.outOfOrder());
        succeed(20, QUICK);
        assertTrue(pace.window() > 4, "window " + pace.window());
    }

    @Test
    void halfIsEnoughWhereThisMachineDoesNotKeepUp() {
        succeed(300, QUICK);
        for (int i = 0; i < 20; i++) {
            pace.succeeded(0.5);
        }
        assertEquals(18, pace.window(), "not all at once");
        for (int i = 0; i < 300; i++) {
            pace.succeeded(0.5);
        }
        assertEquals(10, pace.window());
        succeed(300, QUICK);
        assertEquals(20, pace.window());
    }

    @Test
    void lateThreadsAreNoticedWhenTheyAreMany() {
        Lateness lateness = new Lateness();
        lateness.note(20_000_000);
        assertEquals(1, lateness.share());
        for (int i = 0; i < 10; i++) {
            lateness.note(20_000_000);
        }
        assertEquals(0.5, lateness.share());
        for (int i = 0; i < 100; i++) {
            lateness.note(10_000);
        }
        assertEquals(1, lateness.share());
    }

    @Test
    void theLaterThreadsBeginTheSmallerTheShare() {
        Lateness lateness = new Lateness();
        for (int i = 0; i < 200; i++) {
            lateness.note(1_333_333);
        }
        assertEquals(0.75, lateness.share(), 0.01);
    }

    @Test
    void oneThatHasBecomeSlowerForGoodIsLearnedAnew() {
        succeed(1, QUICK);
        succeed(5_000, 20 * QUICK);
        assertEquals(20, pace.window());
    }

    @Test
    void aCohortOfFailuresPutsItOutOfOrder() {
        for (int i = 0; i < 4; i++) {
            pace.failed();
        }
        assertFalse(pace.outOfOrder());
        pace.failed();
        pace.failed();
        assertTrue(pace.outOfOrder());
        assertTrue(pace.window() < 5);
    }
}
