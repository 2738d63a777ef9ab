package org.mailwright.smtp.distribution.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LaneSummary;

class SummaryTableTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.25Z");

    private static final String TABLE = """
        LANE                   T   5  10  20  40  80  160  320  640  1280  1280+  HELD  DEFERRED  OLDEST  STATE
        TOTAL                118  15   0   0   0   0    0    0    0     0    103   103       103   2d 4h
        relay>one.example      1   1   0   0   0   0    0    0    0     0      0     0         0      5s  delivering
        relay>three.example   16  13   0   0   0   0    0    0    0     0      3     3         3   2d 4h  rests 1m 5s
        relay>\\u202etwo      101   1   0   0   0   0    0    0    0     0    100   100       100     20m\
        """;

    private static LaneSummary lane(String name, long young, long old, Duration age, boolean leased, int rests) {
        List<Long> ages = new ArrayList<>(Collections.nCopies(LaneSummary.AGES.size() + 1, 0L));
        ages.set(0, young);
        ages.set(ages.size() - 1, old);
        return new LaneSummary(
                LaneName.parse(name),
                young + old,
                old,
                old,
                NOW.minus(age),
                ages,
                leased,
                rests == 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(rests)));
    }

    private static List<String> blocks(LaneSummary... lanes) throws IOException {
        List<String> blocks = new ArrayList<>();
        new SummaryTable(block -> blocks.add(block.toString()), NOW).make(Arrays.asList(lanes));
        return blocks;
    }

    @Test
    void columnsAreAlignedAndTheSumsComeFirst() throws IOException {
        assertEquals(
                List.of(TABLE),
                blocks(
                        lane("relay>one.example", 1, 0, Duration.ofSeconds(5), true, 9),
                        lane("relay>three.example", 13, 3, Duration.ofHours(52), false, 65),
                        lane("relay>\u202etwo", 1, 100, Duration.ofMinutes(20), false, 0)));
    }

    @Test
    void nothingIsMadeOfNothing() throws IOException {
        assertEquals(List.of(), blocks());
    }

    @Test
    void manyLanesComeInBlocksOfWholeLines() throws IOException {
        List<String> blocks = blocks(IntStream.range(0, 2000)
                .mapToObj(n -> lane("relay>d" + n + ".example", n, 1, Duration.ofSeconds(n), false, 0))
                .toArray(LaneSummary[]::new));

        assertTrue(blocks.size() > 1, "all in one block");
        List<String> lines = String.join("\n", blocks).lines().toList();
        assertEquals(2002, lines.size());
        for (int n = 0; n < 2000; n++) {
            assertEquals(
                    List.of("relay>d" + n + ".example", Integer.toString(n + 1), Integer.toString(n)),
                    Arrays.asList(lines.get(2 + n).split(" +")).subList(0, 3));
        }
        assertEquals(1, lines.stream().skip(1).map(String::length).distinct().count(), "not aligned");
    }
}
