package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of aligned columns. It prints block by block, so that a long one is never whole in memory; a later block may
 * widen a column. The last column is as wide as it is.
 */
final class Table {
    private static final int BLOCK = 500;
    private static final String RIGHT = ">";

    private final PrintStream out;
    private final boolean[] right;
    private final int[] widths;
    private final List<List<String>> block = new ArrayList<>();

    /** A table with titles; a column whose title begins with {@code >} is aligned to the right. */
    Table(PrintStream out, String... titles) {
        this.out = out;
        this.right = new boolean[titles.length];
        this.widths = new int[titles.length];
        List<String> head = new ArrayList<>();
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].startsWith(RIGHT);
            head.add(right[i] ? titles[i].substring(RIGHT.length()) : titles[i]);
        }
        block.add(head);
    }

    /** Adds a row with text that may come from outside. */
    void row(String... cells) throws IOException {
        List<String> row = new ArrayList<>(cells.length);
        for (String cell : cells) {
            row.add(Visible.text(cell));
        }
        block.add(row);
        if (block.size() >= BLOCK) {
            flush();
        }
    }

    /** Prints what is left. */
    void flush() throws IOException {
        for (List<String> row : block) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : block) {
            int begin = text.length();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                int blank = widths[i] - width(cell);
                text.append(i == 0 ? "" : "  ");
                text.repeat(' ', right[i] ? blank : 0).append(cell).repeat(' ', right[i] ? 0 : blank);
            }
            int end = text.length();
            while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            text.setLength(end);
            text.append('\n');
        }
        block.clear();
        out.print(text);
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
