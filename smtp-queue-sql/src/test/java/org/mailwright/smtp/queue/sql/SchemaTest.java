package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from older tables to those of today. */
class SchemaTest {

    @TempDir
    private Path folder;

    @Test
    void anOlderQueueIsBroughtUpToDateWithWhatItHolds() throws SQLException {
        try (Sql sql = Sql.open(folder.resolve("index"))) {
            Schema.prepare(sql, 1);
            sql.update("INSERT INTO delivery VALUES (1, 'm', 'default>example.org', 2, 30, 20, 4, 0, '<a@example.org>',"
                    + " '', '', '', 0)");

            Schema.prepare(sql);

            assertEquals(List.of(2), sql.query(row -> row.getInt(1), "PRAGMA user_version"));
            assertEquals(List.of(4), sql.query(row -> row.getInt(1), "SELECT attempts FROM delivery WHERE id = 1"));
            assertEquals(
                    List.of("lane", "held", "class", "due", "accepted", "attempts"),
                    sql.query(row -> row.getString(3), "PRAGMA index_info(delivery_ready)"));
        }
    }

    @Test
    void theSameTwiceChangesNothing() throws SQLException {
        try (Sql sql = Sql.open(folder.resolve("index"))) {
            Schema.prepare(sql);
            List<String> before =
                    sql.query(row -> row.getString(1), "SELECT sql FROM sqlite_schema WHERE sql NOT NULL");
            Schema.prepare(sql);
            assertEquals(
                    before, sql.query(row -> row.getString(1), "SELECT sql FROM sqlite_schema WHERE sql NOT NULL"));
        }
    }

    @Test
    void whatANewerProgramHasWrittenIsLeftAlone() throws SQLException {
        try (Sql sql = Sql.open(folder.resolve("index"))) {
            sql.run("PRAGMA user_version=99");
            SQLException refusal = assertThrows(SQLException.class, () -> Schema.prepare(sql));
            assertTrue(String.valueOf(refusal.getMessage()).contains("schema 99"));
            assertEquals(List.of(), sql.query(row -> row.getString(1), "SELECT name FROM sqlite_schema"));
        }
    }

    @Test
    void lanesAreCountedWithoutALookAtTheTable() throws SQLException {
        try (Sql sql = Sql.open(folder.resolve("index"))) {
            Schema.prepare(sql);
            List<String> plan = sql.query(
                    row -> row.getString(4),
                    "EXPLAIN QUERY PLAN SELECT lane, count(*), sum(held), count(*) FILTER (WHERE attempts > 0),"
                            + " min(accepted) FROM delivery GROUP BY lane");
            assertEquals(List.of("SCAN delivery USING COVERING INDEX delivery_ready"), plan);
        }
    }
}
