/**
 * The intake journal: a log of records that are on the medium before anybody is told so. Many appends share one forced
 * write, and nothing but the last block of a batch is written twice, so that it takes mail several times as fast as a
 * database does.
 *
 * <p>Reading order: {@link org.mailwright.smtp.queue.sql.journal.JournalPosition} (where),
 * {@link org.mailwright.smtp.queue.sql.journal.Journal} (append, replay, read, remove), {@code GroupCommit} (many at
 * once), {@code Recent} (what was appended last: written and read from memory), {@code Pieces} and {@code Readers}
 * (older records), {@code Blocks} (past the page cache), {@code Segment} (one file), {@code RecordHead} (what stands
 * before each payload), {@link org.mailwright.smtp.queue.sql.journal.Folders} (their names).
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the process or the power ends within a write: what had been acknowledged is found by a replay, complete; what
 *       had not may be found or not, complete or not at all, for each record has a checksum;
 *   <li>the medium is full, or a write or an fsync fails: the appends of that batch fail, and the next ones go into
 *       another file, since nobody knows what of the old one is on the medium;
 *   <li>an error, such as a lack of memory, ends a write in the middle of a record: as when a write fails;
 *   <li>the file system cannot be written past the page cache, or says so only at a write: the page cache is used, for
 *       the next file at least;
 *   <li>a record is read while its memory is used for others: the reader notices, and reads the file;
 *   <li>a piece of a file is in memory from before a record came into it: the checksum tells, and it is read again;
 *   <li>a file is used again: records of its former life have checksums of another segment and are not found;
 *   <li>a record is damaged: reading it fails. A replay looks on in the rest of the file, takes what is whole there,
 *       and tells in the log what it has skipped; the file is kept as {@code NUMBER.damaged}. If nothing whole follows,
 *       it is the end of what was written, and nothing is told: a write that the power has ended leaves just that.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.sql.journal;

import org.jspecify.annotations.NullMarked;
