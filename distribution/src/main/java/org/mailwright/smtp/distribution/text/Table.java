package org.mailwright.smtp.distribution.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of aligned columns. It makes its lines block by block, so that a long one is never whole in memory; a later
 * block may widen a column. The last column is as wide as it is.
 *
 * @since 0.1.0
 */
public final class Table {
    private static final int BLOCK = 500;
    private static final String RIGHT = ">";

    private final Lines lines;
    private final boolean[] right;
    private final int[] widths;
    private final List<String[]> block = new ArrayList<>();

    /**
     * A table with titles.
     *
     * @param lines takes the lines
     * @param titles of the columns; one that begins with {@code >} is aligned to the right
     */
    public Table(Lines lines, String... titles) {
        this.lines = lines;
        this.right = new boolean[titles.length];
        this.widths = new int[titles.length];
        String[] head = new String[titles.length];
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].startsWith(RIGHT);
            head[i] = right[i] ? titles[i].substring(RIGHT.length()) : titles[i];
        }
        block.add(head);
    }

    /** Adds a row with text that may come from outside. */
    public void row(String... cells) throws IOException {
        String[] row = new String[cells.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Visible.text(cells[i]);
        }
        block.add(row);
        if (block.size() >= BLOCK) {
            flush();
        }
    }

    /** Hands on what is left. */
    public void flush() throws IOException {
        for (String[] row : block) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        StringBuilder line = new StringBuilder();
        for (String[] row : block) {
            line.setLength(0);
            for (int i = 0; i < row.length; i++) {
                int blank = widths[i] - width(row[i]);
                line.append(i == 0 ? "" : "  ");
                line.repeat(' ', right[i] ? blank : 0).append(row[i]).repeat(' ', right[i] ? 0 : blank);
            }
            int end = line.length();
            while (end > 0 && Character.isWhitespace(line.charAt(end - 1))) {
                end--;
            }
            line.setLength(end);
            lines.take(line);
        }
        block.clear();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
