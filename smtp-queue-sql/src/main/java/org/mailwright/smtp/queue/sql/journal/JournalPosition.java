package org.mailwright.smtp.queue.sql.journal;

import java.util.Comparator;

/**
 * A place in a {@link Journal}.
 *
 * @param segment number of the file; later ones have greater numbers
 * @param offset octets from the beginning of the file
 * @since 0.1.0
 */
public record JournalPosition(long segment, long offset) implements Comparable<JournalPosition> {

    /** Before everything. */
    public static final JournalPosition START = new JournalPosition(0, 0);

    private static final Comparator<JournalPosition> ORDER =
            Comparator.comparingLong(JournalPosition::segment).thenComparingLong(JournalPosition::offset);

    @Override
    public int compareTo(JournalPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return segment + ":" + offset;
    }
}
