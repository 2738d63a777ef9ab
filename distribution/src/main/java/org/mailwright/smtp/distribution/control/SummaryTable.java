package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.distribution.text.Lines;
import org.mailwright.smtp.distribution.text.Measures;
import org.mailwright.smtp.distribution.text.Visible;
import org.mailwright.smtp.queue.LaneSummary;

/**
 * What waits, by lane and age, as the table that a person reads. The server makes it: a command that has just started
 * would need longer to read the numbers than to print the lines. It makes blocks of lines, each without the last one's
 * end, and does little for each number: a server that has just started has nothing compiled yet, and a summary may have
 * a hundred thousand lines.
 */
final class SummaryTable {
    /** Characters from which on a block is handed on. */
    private static final int BLOCK = 32 << 10;

    private static final String GAP = "  ";

    private final Lines blocks;
    private final Instant now;
    private final StringBuilder block = new StringBuilder(BLOCK + 1024);

    /**
     * A table of what waits now.
     *
     * @param blocks takes the lines, many at once
     */
    SummaryTable(Lines blocks, Instant now) {
        this.blocks = blocks;
        this.now = now;
    }

    /** Makes all lines: the sums come first, as they do in qshape. Nothing where nothing waits. */
    void make(List<LaneSummary> lanes) throws IOException {
        if (lanes.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>(lanes.size());
        List<String> oldest = new ArrayList<>(lanes.size());
        List<String> titles = titles();
        long[] sums = new long[titles.size()];
        Instant first = now;
        int name = "TOTAL".length();
        int age = "OLDEST".length();
        for (LaneSummary lane : lanes) {
            names.add(Visible.text(lane.lane().toString()));
            name = Math.max(name, width(names.getLast()));
            oldest.add(age(lane.oldest()));
            age = Math.max(age, oldest.getLast().length());
            first = lane.oldest().isBefore(first) ? lane.oldest() : first;
            sums[0] += lane.deliveries();
            for (int i = 0; i < lane.ages().size(); i++) {
                sums[1 + i] += lane.ages().get(i);
            }
            sums[sums.length - 2] += lane.held();
            sums[sums.length - 1] += lane.deferred();
        }
        String total = age(first);
        age = Math.max(age, total.length());
        int[] widths = new int[sums.length];
        name("LANE", name);
        for (int i = 0; i < widths.length; i++) {
            // no number of a column has more digits than their sum
            widths[i] = Math.max(titles.get(i).length(), Long.toString(sums[i]).length());
            right(titles.get(i), widths[i]);
        }
        right("OLDEST", age);
        state("STATE");
        name("TOTAL", name);
        for (int i = 0; i < widths.length; i++) {
            number(sums[i], widths[i]);
        }
        right(total, age);
        state("");
        for (int i = 0; i < lanes.size(); i++) {
            LaneSummary lane = lanes.get(i);
            name(names.get(i), name);
            number(lane.deliveries(), widths[0]);
            for (int of = 0; of < lane.ages().size(); of++) {
                number(lane.ages().get(of), widths[1 + of]);
            }
            number(lane.held(), widths[widths.length - 2]);
            number(lane.deferred(), widths[widths.length - 1]);
            right(oldest.get(i), age);
            state(state(lane));
        }
        end();
    }

    /** Of the columns of numbers. */
    private static List<String> titles() {
        List<String> titles = new ArrayList<>(List.of("T"));
        Duration last = Duration.ZERO;
        for (Duration age : LaneSummary.AGES) {
            titles.add(Long.toString(age.toMinutes()));
            last = age;
        }
        titles.addAll(List.of(last.toMinutes() + "+", "HELD", "DEFERRED"));
        return titles;
    }

    private String age(Instant oldest) {
        return Measures.time(Duration.between(oldest, now).toSeconds());
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private void name(String name, int width) {
        block.append(name).repeat(' ', width - width(name));
    }

    private void right(String text, int width) {
        block.append(GAP).repeat(' ', width - text.length()).append(text);
    }

    private void number(long number, int width) {
        block.append(GAP);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        block.repeat(' ', width - digits).append(number);
    }

    private void state(String state) throws IOException {
        if (!state.isEmpty()) {
            block.append(GAP).append(state);
        }
        if (block.length() >= BLOCK) {
            end();
        } else {
            block.append('\n');
        }
    }

    private void end() throws IOException {
        int length = block.length();
        if (length > 0) {
            block.setLength(block.charAt(length - 1) == '\n' ? length - 1 : length);
            blocks.take(block);
            block.setLength(0);
        }
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
