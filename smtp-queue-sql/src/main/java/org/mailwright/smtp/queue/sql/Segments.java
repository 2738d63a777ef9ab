package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.queue.sql.journal.Journal;

/** Removes segments of the journal whose mails are all gone. */
final class Segments {

    private final Journal<?> journal;
    private final Writer writer;
    private final Reader reader;

    Segments(Journal<?> journal, Writer writer, Reader reader) {
        this.journal = journal;
        this.writer = writer;
        this.reader = reader;
    }

    /** Looks once. A segment goes only when the index is known to be on the medium beyond it. */
    void tidy() throws IOException {
        List<Long> complete = journal.complete();
        if (complete.isEmpty()) {
            return;
        }
        long indexed = reader.read(sql -> sql.query(row -> row.getLong(1), "SELECT segment FROM indexed"))
                .getFirst();
        Set<Long> used = new HashSet<>(
                reader.read(sql -> sql.query(row -> row.getLong(1), "SELECT DISTINCT segment FROM message")));
        List<Long> gone = complete.stream()
                .filter(segment -> segment < indexed && !used.contains(segment))
                .toList();
        if (!gone.isEmpty()) {
            writer.change(sql -> gone);
            for (long segment : gone) {
                journal.remove(segment);
            }
        }
    }
}
