package org.mailwright.smtp.distribution.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0s",
        "0, 0s",
        "59, 59s",
        "60, 1m",
        "61, 1m 1s",
        "3600, 1h",
        "3660, 1h 1m",
        "86399, 23h 59m",
        "86400, 1d",
        "180000, 2d 2h"
    })
    void timesAreInTwoUnits(long seconds, String text) {
        assertEquals(text, Measures.time(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9940, 9.9 kB",
        "9960, 10 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "1234567, 1.2 MB",
        "45000000000, 45 GB",
        "9000000000000000, 9000 TB"
    })
    void sizesHaveThreeDigits(long octets, String text) {
        assertEquals(text, Measures.size(octets));
    }

    @ParameterizedTest
    @CsvSource({
        "'plain \u00fc \ud83d\ude00', 'plain \u00fc \ud83d\ude00'",
        "'a\u001b[2Jb', 'a\\x1b[2Jb'",
        "'\u009b1m', '\\x9b1m'",
        "'\u202e\u2028', '\\u202e\\u2028'",
        "'\ud800', '\\ud800'"
    })
    void whatIsShownMovesNoCursor(String untrusted, String shown) {
        assertEquals(shown, Visible.text(untrusted));
    }

    @Test
    void aLongTableIsMadeInBlocks() throws IOException {
        List<String> lines = new ArrayList<>();
        Table table = new Table(line -> lines.add(line.toString()), "A", ">B", "C");
        for (int i = 0; i < 499; i++) {
            table.row("a", Integer.toString(i), "c");
        }
        assertEquals(500, lines.size());
        table.row("longer", "x", "\u001b");
        table.flush();
        assertEquals("longer    x  \\x1b", lines.getLast());
    }

    @Test
    void linesArePrintedInBlocks() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Printed printed = new Printed(new PrintStream(out, true, StandardCharsets.UTF_8));
        printed.take("first");
        assertEquals(0, out.size());
        printed.take("x".repeat(100_000));
        assertEquals(100_007, out.size());
        printed.take("\u00fc");
        printed.flush();
        assertEquals("\u00fc\n", out.toString(StandardCharsets.UTF_8).substring(100_007));
    }
}
