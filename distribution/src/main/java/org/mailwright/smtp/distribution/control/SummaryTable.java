package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.distribution.text.Lines;
import org.mailwright.smtp.distribution.text.Measures;
import org.mailwright.smtp.distribution.text.Table;
import org.mailwright.smtp.queue.LaneSummary;

/**
 * What waits, by lane and age, as the table that a person reads. The server makes it: a command that has just started
 * would need longer to read the numbers than to print the lines.
 */
final class SummaryTable {
    private final Table table;
    private final Instant now;

    SummaryTable(Lines lines, Instant now) {
        List<String> titles = new ArrayList<>(List.of("LANE", ">T"));
        Duration last = Duration.ZERO;
        for (Duration age : LaneSummary.AGES) {
            titles.add(">" + age.toMinutes());
            last = age;
        }
        titles.addAll(List.of(">" + last.toMinutes() + "+", ">HELD", ">DEFERRED", ">OLDEST", "STATE"));
        this.table = new Table(lines, titles.toArray(new String[0]));
        this.now = now;
    }

    /** Makes all lines: the sums come first, as they do in qshape. Nothing where nothing waits. */
    void make(List<LaneSummary> lanes) throws IOException {
        if (lanes.isEmpty()) {
            return;
        }
        table.row(total(lanes));
        for (LaneSummary lane : lanes) {
            table.row(line(lane.lane().toString(), numbers(lane), lane.oldest(), state(lane)));
        }
        table.flush();
    }

    private String[] total(List<LaneSummary> lanes) {
        long[] sums = new long[numbers(lanes.getFirst()).length];
        Instant oldest = now;
        for (LaneSummary lane : lanes) {
            long[] more = numbers(lane);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += more[i];
            }
            oldest = lane.oldest().isBefore(oldest) ? lane.oldest() : oldest;
        }
        return line("TOTAL", sums, oldest, "");
    }

    /** All numbers of a lane, in the order of the columns. */
    private static long[] numbers(LaneSummary lane) {
        long[] numbers = new long[lane.ages().size() + 3];
        int at = 0;
        numbers[at++] = lane.deliveries();
        for (long ofAge : lane.ages()) {
            numbers[at++] = ofAge;
        }
        numbers[at++] = lane.held();
        numbers[at] = lane.deferred();
        return numbers;
    }

    private String[] line(String name, long[] numbers, Instant oldest, String state) {
        String[] cells = new String[numbers.length + 3];
        cells[0] = name;
        for (int i = 0; i < numbers.length; i++) {
            cells[1 + i] = Long.toString(numbers[i]);
        }
        cells[cells.length - 2] = Measures.time(Duration.between(oldest, now).toSeconds());
        cells[cells.length - 1] = state;
        return cells;
    }

    private String state(LaneSummary lane) {
        if (lane.leased()) {
            return "delivering";
        }
        return lane.notBefore()
                .map(until -> Duration.between(now, until).toSeconds())
                .filter(seconds -> seconds > 0)
                .map(seconds -> "rests " + Measures.time(seconds))
                .orElse("");
    }
}
