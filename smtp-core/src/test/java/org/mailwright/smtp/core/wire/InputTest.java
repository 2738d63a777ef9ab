package org.mailwright.smtp.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputTest {

    private final Input input = new Input();

    private void add(byte[] octets) {
        input.add(octets, 0, octets.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String left() {
        return new String(input.octets(), input.from(), input.size(), StandardCharsets.US_ASCII);
    }

    @Test
    void borrowsAnArrayUntilItIsRetained() {
        byte[] lent = bytes("xabcx");
        input.add(lent, 1, 3);
        assertSame(lent, input.octets());
        input.consumeTo(2);
        input.retain();
        assertNotSame(lent, input.octets());
        Arrays.fill(lent, (byte) '!');
        assertEquals("bc", left());
    }

    @Test
    void joinsWhatIsLeftWithWhatComes() {
        byte[] first = bytes("ab");
        add(first);
        input.consumeTo(1);
        add(bytes("cd"));
        Arrays.fill(first, (byte) '!');
        assertEquals("bcd", left());
        input.consumeTo(input.to());
        byte[] next = bytes("e");
        add(next);
        assertSame(next, input.octets());
    }

    @Test
    void keepsNothingWhenNothingIsLeft() {
        add(new byte[100_000]);
        input.consumeTo(100_000);
        input.retain();
        assertTrue(input.isEmpty());
        assertEquals(0, input.octets().length);
    }

    @Test
    void keepsNoLargeArrayForALittleThatIsLeft() {
        add(bytes("a"));
        add(new byte[100_000]);
        input.consumeTo(100_000);
        input.retain();
        assertEquals(1, input.octets().length);
    }

    @Test
    void usesOnlyWhatIsThere() {
        add(bytes("abc"));
        input.consumeTo(1);
        assertThrows(IndexOutOfBoundsException.class, () -> input.consumeTo(0));
        assertThrows(IndexOutOfBoundsException.class, () -> input.consumeTo(4));
        input.clear();
        assertEquals(0, input.size());
    }
}
