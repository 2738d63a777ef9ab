package org.mailwright.smtp.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    private static String octets(Reply reply) {
        return new String(reply.octets(true), StandardCharsets.US_ASCII);
    }

    @Test
    void writesOneLineAndMany() {
        assertEquals("220 mx ESMTP\r\n", octets(Reply.of(220, "mx ESMTP")));
        assertEquals("250-mx\r\n250-SIZE 1\r\n250 PIPELINING\r\n", octets(Reply.of(250, "mx", "SIZE 1", "PIPELINING")));
        Reply reply = Reply.of(550, new EnhancedCode(5, 1, 1), "a", "b");
        assertEquals("550-5.1.1 a\r\n550 5.1.1 b\r\n", octets(reply));
        assertEquals("550-a\r\n550 b\r\n", new String(reply.octets(false), StandardCharsets.US_ASCII));
        assertEquals("550 5.1.1 a b", reply.toString());
        assertEquals("250 \r\n", octets(Reply.of(250, "")));
    }

    @Test
    void foldsLinesThatAreTooLong() {
        for (int length = 400; length < 2100; length += 7) {
            String words = "word ".repeat(500).substring(0, length).strip();
            String[] lines = octets(Reply.of(550, "5.1.1", words)).split("\r\n", -1);
            StringBuilder joined = new StringBuilder();
            for (int i = 0; i < lines.length - 1; i++) {
                assertTrue(lines[i].length() <= Reply.MAX_LINE);
                assertTrue(lines[i].startsWith(i == lines.length - 2 ? "550 5.1.1 " : "550-5.1.1 "), lines[i]);
                joined.append(joined.isEmpty() ? "" : " ").append(lines[i].substring(10));
            }
            assertEquals(words, joined.toString());
        }
        String solid = "x".repeat(1200);
        assertEquals(solid, octets(Reply.of(250, solid)).replaceAll("\r\n|250[ -]", ""));
    }

    @Test
    void writesNothingBeyondAscii() {
        assertEquals("250 h?n? ?\r\n", octets(Reply.of(250, "h\u00e4n\u560a \ud83d\ude00")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\n250 b", "a\n", "\r", "\0", "\t", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u2029"})
    void holdsNoControlCharacter(String text) {
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, text));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "2.0.0", text));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "first", text));
        String made = Reply.printable(text);
        assertEquals(List.of(made), Reply.of(250, made).lines());
    }

    @Test
    void cutsWhatIsTooLongToRepeat() {
        assertEquals("x".repeat(200) + "...", Reply.printable("x".repeat(201)));
        assertEquals("x".repeat(200), Reply.printable("x".repeat(200)));
        assertEquals("caf?", Reply.printable("caf\u00e9"));
    }

    @Test
    void refusesCodesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> Reply.of(199, "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(600, "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "5.0.0", "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(354, "2.0.0", "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "2.0", "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, Collections.nCopies(513, "x")));
    }

    @Test
    void knowsItsClass() {
        assertTrue(Reply.of(250, "x").isPositive());
        assertTrue(Reply.of(354, "x").isIntermediate());
        assertTrue(Reply.of(451, "x").isTransient());
        assertTrue(Reply.of(550, "x").isPermanent());
        assertFalse(Reply.of(451, "x").isPermanent());
        assertEquals(Optional.empty(), Reply.of(250, "x").enhanced());
        assertEquals(Reply.of(250, "2.0.0", "x"), Reply.of(250, new EnhancedCode(2, 0, 0), "x"));
        assertNotEquals(Reply.of(250, "2.0.0", "x"), Reply.of(250, "x"));
    }

    /** RFC 6531 §3.7.4: only what is made for it goes out in UTF-8, and then in whole characters. */
    @Test
    void goesOutInUtf8WhereItIsMadeForIt() {
        Reply reply = Reply.of(250, "2.1.5", "Jürgen <jürgen@example.test>");
        assertEquals(
                "250 2.1.5 J?rgen <j?rgen@example.test>\r\n", new String(reply.octets(true), StandardCharsets.UTF_8));
        assertEquals(
                "250 2.1.5 Jürgen <jürgen@example.test>\r\n",
                new String(reply.inUtf8().octets(true), StandardCharsets.UTF_8));
        assertEquals(reply, reply.inUtf8());
        assertFalse(reply.isAscii());
        assertTrue(Reply.of(250, "ok").isAscii());
        String smileys = "\uD83D\uDE00".repeat(300);
        List<String> lines = new String(Reply.of(250, "x" + smileys).inUtf8().octets(true), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(3, lines.size());
        StringBuilder all = new StringBuilder();
        for (String line : lines) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= Reply.MAX_LINE);
            all.append(line.substring(4));
        }
        assertEquals("x" + smileys, all.toString());
    }
}
