package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    /** What one change adds to the log, at least. */
    private static final int PAGES = 100;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("index");
    }

    private Sql table() throws SQLException {
        Sql sql = Sql.open(file());
        sql.run("CREATE TABLE t (x BLOB)");
        return sql;
    }

    /** Makes changes of so many pages in all, and returns how long the log was at most. */
    private static long change(Writer writer, Sql beside, long pages) throws IOException, SQLException {
        long longest = 0;
        for (long done = 0; done < pages; done += PAGES) {
            writer.change(sql -> sql.update("INSERT INTO t VALUES (randomblob(?))", PAGES * 4096));
            longest = Math.max(longest, log(beside));
        }
        return longest;
    }

    private static long log(Sql sql) throws SQLException {
        return sql.query(row -> row.getLong(2), "PRAGMA wal_checkpoint(NOOP)").getFirst();
    }

    @Test
    void theLogStartsAgainWhileChangesGoOn() throws IOException, SQLException {
        try (Writer writer = new Writer(file(), table());
                Sql beside = Sql.open(file())) {
            long longest = change(writer, beside, 2 * Checkpoints.MOST);
            assertTrue(longest >= Checkpoints.PAGES, "copied before it was worth it: " + longest);
            assertTrue(
                    longest <= Checkpoints.MOST + Checkpoints.AGAIN + 2 * PAGES,
                    "the log grew to " + longest + " pages");
        }
    }

    @Test
    void whoReadsKeepsTheLogOnlyAsLongAsHeReads() throws IOException, SQLException {
        try (Writer writer = new Writer(file(), table());
                Sql reading = Sql.open(file());
                Sql beside = Sql.open(file())) {
            change(writer, beside, PAGES);
            reading.run("BEGIN");
            long seen = count(reading);
            assertTrue(change(writer, beside, 2 * Checkpoints.MOST) > 2 * Checkpoints.MOST, "the log started again");
            assertEquals(seen, count(reading));
            reading.run("COMMIT");
            change(writer, beside, Checkpoints.MOST);
            assertTrue(log(beside) < Checkpoints.MOST, "the log is still " + log(beside) + " pages long");
            assertEquals(1 + 3 * Checkpoints.MOST / PAGES, count(beside));
        }
    }

    private static long count(Sql sql) throws SQLException {
        return sql.query(row -> row.getLong(1), "SELECT count(*) FROM t").getFirst();
    }

    @Test
    void withoutAnybodyBesideTheThreadOfTheChangesCopies() throws SQLException {
        try (Checkpoints checkpoints = new Checkpoints(folder.resolve("no such folder/index"));
                Sql sql = table()) {
            long longest = 0;
            for (long done = 0; done < 3 * Checkpoints.MOST; done += PAGES) {
                sql.update("INSERT INTO t VALUES (randomblob(?))", PAGES * 4096);
                checkpoints.committed(sql);
                longest = Math.max(longest, log(sql));
            }
            assertTrue(longest >= Checkpoints.MOST, "copied at " + longest + " pages");
            assertTrue(
                    longest <= Checkpoints.MOST + Checkpoints.AGAIN + 2 * PAGES,
                    "the log grew to " + longest + " pages");
        }
    }

    @Test
    void aFailureBesideIsNoFailureOfTheChange() throws SQLException {
        Checkpoints ended = new Checkpoints(file());
        ended.close();
        ended.close();
        try (Sql sql = table()) {
            sql.update("INSERT INTO t VALUES (randomblob(?))", 4096L * (Checkpoints.PAGES + PAGES));
            assertTrue(log(sql) > Checkpoints.PAGES);
            ended.committed(sql);
            sql.update("INSERT INTO t VALUES (randomblob(?))", 4096L * Checkpoints.MOST);
            ended.committed(sql);
            sql.update("INSERT INTO t VALUES (1)");
            assertTrue(log(sql) < PAGES, "nobody copied the log of " + log(sql) + " pages");
        }
    }

    @Test
    void whoIsInterruptedClosesTheIndexAllTheSame() throws IOException, SQLException {
        Writer writer = new Writer(file(), table());
        try (Sql beside = Sql.open(file())) {
            change(writer, beside, Checkpoints.PAGES + 2 * PAGES);
        }
        Thread.currentThread().interrupt();
        writer.close();
        assertTrue(Thread.interrupted());
        assertTrue(Files.notExists(folder.resolve("index-wal")), "somebody is still connected");
    }
}
