package org.mailwright.smtp.core.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemoryBodyTest {

    private static Body.MemoryBody examined(String text) {
        return Body.of(text.getBytes(StandardCharsets.ISO_8859_1)).memory().orElseThrow();
    }

    private static Body.MemoryBody unexamined(String text) {
        return Body.unexamined(text.getBytes(StandardCharsets.ISO_8859_1))
                .memory()
                .orElseThrow();
    }

    @Test
    void oneThatIsExaminedTellsWhatItHolds() {
        assertEquals(Body.Content.SEVEN_BIT, examined("Subject: a\r\n\r\nb\r\n").content());
        assertEquals(
                Body.Content.EIGHT_BIT, examined("Subject: \u00e4\r\n\r\nb\r\n").content());
        assertEquals(6, examined("a\nb").size().orElseThrow(), "an LF and a missing end become CRLF");
    }

    @Test
    void oneThatIsNotTellsNoMoreThanAFile() {
        Body.MemoryBody body = unexamined("a\nb");
        assertEquals(Body.Content.UNKNOWN, body.content());
        assertEquals(3, body.size().orElseThrow());
    }

    @Test
    void bothAreEncodedAlike() {
        for (String text :
                new String[] {"", "a", "a\r\n", ".\r\n", "a\r\n.b\r\n", "a\nb\r\n", "a\rb\r\n", "\r", "\n.\r"}) {
            assertEquals(examined(text).encodedSize(), unexamined(text).encodedSize(), text);
            assertEquals(examined(text).clean(), unexamined(text).clean(), text);
        }
        assertTrue(unexamined("a\r\nb\r\n").clean());
        assertFalse(unexamined("a\r\n.b\r\n").clean());
        assertFalse(unexamined("a\nb\r\n").clean());
    }

    @Test
    void anOctetBeyondAsciiIsFoundWhereverItStands() {
        for (int at = 0; at < 20; at++) {
            byte[] octets = "a".repeat(20).getBytes(StandardCharsets.ISO_8859_1);
            assertTrue(Body.unexamined(octets).memory().orElseThrow().ascii());
            octets = octets.clone();
            octets[at] = (byte) 0xE4;
            assertFalse(Body.unexamined(octets).memory().orElseThrow().ascii(), "at " + at);
        }
    }
}
