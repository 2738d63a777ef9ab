package org.mailwright.smtp.queue.sql;

import org.mailwright.smtp.queue.sql.journal.JournalPosition;

/** Where the content of a mail lies. */
sealed interface Place {

    /** Within its row. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Row(byte[] content) implements Place {}

    /** At the end of a record of the journal. */
    record Log(JournalPosition position) implements Place {}

    /** In a file of its own. */
    record File() implements Place {}
}
