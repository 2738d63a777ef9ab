package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestTest {

    @Test
    void whatWasPutLongestAgoIsForgotten() {
        Latest<String, Integer> latest = new Latest<>(3);
        latest.put("a", 1);
        latest.put("b", 2);
        latest.put("c", 3);
        latest.put("a", 4);
        latest.put("d", 5);
        assertEquals(Optional.empty(), latest.get("b"));
        assertEquals(Optional.of(4), latest.get("a"));
        assertEquals(Optional.of(3), latest.get("c"));
        assertEquals(Optional.of(5), latest.get("d"));
    }

    @Test
    void whatIsTakenOutMakesRoom() {
        Latest<String, Integer> latest = new Latest<>(2);
        latest.put("a", 1);
        latest.put("b", 2);
        assertEquals(Optional.of(2), latest.remove("b"));
        assertEquals(Optional.empty(), latest.remove("b"));
        latest.put("c", 3);
        assertEquals(Optional.of(1), latest.get("a"));
    }
}
