package org.mailwright.smtp.core.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderSectionTest {

    private static List<String> bodies(String name, String content) {
        ByteBuffer octets = ByteBuffer.wrap(("**" + content).getBytes(StandardCharsets.UTF_8));
        return new HeaderSection(octets.position(2), true).bodies(name);
    }

    @Test
    void findsFieldsWhateverTheirLetters() {
        assertEquals(List.of("1", "3"), bodies("X-One", "X-One: 1\r\nX-Ones: 2\r\nx-ONE:3\r\n\r\nX-One: 4\r\n"));
        assertEquals(List.of("1"), bodies("x-one", "X-One \t: 1\r\n"));
        assertEquals(List.of(), bodies("X-One", "X-On: 1\r\nAX-One: 2\r\n X-One: 3\r\n"));
    }

    @Test
    void unfolds() {
        assertEquals(List.of("1 2\t3"), bodies("A", "A: 1\r\n 2\r\n\t3\r\nB: 4\r\n\r\n"));
        assertEquals(List.of("1  2"), bodies("A", "A:\n 1 \n 2\n\nA: 3"), "lines of LF, as binary mail may have them");
        assertEquals(List.of(""), bodies("A", "A:\r\n\r\n"));
        assertEquals(List.of("ä"), bodies("A", "A: ä"));
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertEquals(List.of(), bodies("A", ""));
        assertEquals(List.of(), bodies("A", "\r\nA: 1\r\n"));
        assertEquals(List.of(), bodies("A", "A"));
        assertEquals(List.of(), bodies("A", "A \t"));
        assertFalse(new HeaderSection(ByteBuffer.allocate(0), false).whole());
    }
}
