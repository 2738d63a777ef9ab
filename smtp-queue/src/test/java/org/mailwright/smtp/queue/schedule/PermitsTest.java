package org.mailwright.smtp.queue.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final Permits permits = new Permits(16);

    @Test
    void strangersShareHalf() {
        for (int i = 0; i < 2; i++) {
            assertFalse(permits.areScarce());
            assertTrue(permits.take(false).isPresent());
        }
        Permits.Permit third = permits.take(false).orElseThrow();
        assertTrue(permits.areScarce());
        for (int i = 3; i < 8; i++) {
            assertTrue(permits.take(false).isPresent());
        }
        assertEquals(Optional.empty(), permits.take(false));
        for (int i = 0; i < 8; i++) {
            assertTrue(permits.hasMore());
            assertTrue(permits.take(true).isPresent());
        }
        assertFalse(permits.hasMore());
        assertEquals(Optional.empty(), permits.take(true));
        third.prove();
        assertEquals(Optional.empty(), permits.take(false), "room among strangers, but none at all");
        third.release();
        assertTrue(permits.take(false).isPresent(), "what was refused has taken nothing");
    }

    @Test
    void oneIsEnoughForBoth() {
        Permits single = new Permits(1);
        Permits.Permit only = single.take(false).orElseThrow();
        assertEquals(Optional.empty(), single.take(true));
        only.release();
        assertTrue(single.take(true).isPresent());
    }
}
