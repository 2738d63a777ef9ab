package org.mailwright.smtp.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.wire.LineSplitter.Line;

class LineSplitterTest {

    /** Returns the lines of octets that come in pieces of this size, up to a flood. */
    private static List<String> lines(String octets, int limit, int flood, int piece) {
        LineSplitter splitter = new LineSplitter(flood);
        Input input = new Input();
        List<String> lines = new ArrayList<>();
        byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < all.length; from += piece) {
            input.add(all, from, Math.min(piece, all.length - from));
            Optional<Line> line = splitter.next(input, limit);
            while (line.isPresent()) {
                lines.add(
                        switch (line.get()) {
                            case Line.Text(String text, int length) -> text + "/" + length;
                            case Line.TooLong tooLong -> "too long";
                            case Line.Malformed malformed -> "malformed";
                            case Line.Flood tooMuch -> "flood";
                        });
                if (line.get() instanceof Line.Flood) {
                    return lines;
                }
                line = splitter.next(input, limit);
            }
            input.retain();
        }
        return lines;
    }

    private static void assertLines(List<String> expected, String octets, int limit, int flood) {
        for (int piece = 1; piece <= octets.length(); piece++) {
            int size = piece;
            assertEquals(expected, lines(octets, limit, flood, piece), () -> octets + " in pieces of " + size);
        }
    }

    @Test
    void endsLinesAtCrlfOnly() {
        assertLines(List.of("a b/5", "/2", "c/3"), "a b\r\n\r\nc\r\nrest", 512, 1024);
        assertLines(List.of("malformed"), "a\nb\r\n", 512, 1024);
        assertLines(List.of("malformed"), "a\rb\r\n", 512, 1024);
        assertLines(List.of("malformed", "b/3"), "a\r\r\nb\r\n", 512, 1024);
        assertLines(List.of("malformed", "malformed"), "\n\r\n\r\r\n\n\r", 512, 1024);
        assertLines(List.of(), "a\n\r", 512, 1024);
    }

    @Test
    void refusesControlCharactersAndWhatIsNotUtf8() {
        for (String bad : List.of(
                "\0",
                "\t",
                "\u007f",
                "\u0080",
                "\u00ff",
                "\u00c3",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00c2\u0085",
                "\u00e2\u0080\u00a8",
                "\u00f8\u0088\u0080\u0080\u0080")) {
            assertLines(List.of("malformed", "ok/4"), "x" + bad + "y\r\nok\r\n", 512, 1024);
        }
        assertLines(List.of("\u00e4\u560a/7"), "\u00c3\u00a4\u00e5\u0098\u008a\r\n", 512, 1024);
    }

    @Test
    void reportsALongLineOnceAndNeverCutsIt() {
        assertLines(List.of("12345678/10", "too long", "x/3"), "12345678\r\n123456789\r\nx\r\n", 10, 1024);
        String commands = "NOOP\r".repeat(30);
        assertLines(List.of("too long", "x/3"), commands + "\r\nx\r\n", 10, 1024);
        assertLines(List.of("too long", "x/3"), "\n".repeat(20) + "\r\nx\r\n", 10, 1024);
    }

    @Test
    void givesUpAtTheSameOctetHoweverTheLineComes() {
        assertLines(List.of("too long", "x/3"), "a".repeat(28) + "\r\nx\r\n", 10, 20);
        assertLines(List.of("flood"), "a".repeat(29) + "\r\nx\r\n", 10, 20);
        assertLines(List.of("flood"), "a".repeat(31), 10, 20);
        assertLines(List.of(), "a".repeat(30), 10, 20);
    }

    @Test
    void forgetsALineThatHasBegun() {
        LineSplitter splitter = new LineSplitter(1024);
        Input input = new Input();
        input.add("NOOP in clear".getBytes(StandardCharsets.US_ASCII), 0, 13);
        assertEquals(Optional.empty(), splitter.next(input, 10));
        input.clear();
        splitter.reset();
        input.add("EHLO\r\n".getBytes(StandardCharsets.US_ASCII), 0, 6);
        assertEquals(Optional.of(new Line.Text("EHLO", 6)), splitter.next(input, 10));
    }

    /** Every text of CR, LF and letters up to seven octets gives the same lines however it is cut. */
    @Test
    void dependsOnNoCut() {
        for (int length = 1; length <= 7; length++) {
            int texts = (int) Math.pow(3, length);
            for (int number = 0; number < texts; number++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0, rest = number; i < length; i++, rest /= 3) {
                    text.append("\r\na".charAt(rest % 3));
                }
                String octets = text.toString();
                assertLines(lines(octets, 4, 2, octets.length()), octets, 4, 2);
            }
        }
    }
}
