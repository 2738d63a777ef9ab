package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.List;

/** The tables of the index, and the way from older ones to these. */
final class Schema {

    private static final List<String> FIRST = List.of(
            "CREATE TABLE message (id TEXT PRIMARY KEY, reverse_path TEXT NOT NULL, attributes TEXT NOT NULL,"
                    + " provenance TEXT NOT NULL, accepted INTEGER NOT NULL, expires INTEGER NOT NULL,"
                    + " size INTEGER NOT NULL, undelivered INTEGER NOT NULL, place TEXT NOT NULL,"
                    + " segment INTEGER NOT NULL, position INTEGER NOT NULL, content BLOB) STRICT",
            "CREATE TABLE delivery (id INTEGER PRIMARY KEY, message TEXT NOT NULL, lane TEXT NOT NULL,"
                    + " class INTEGER NOT NULL, due INTEGER NOT NULL, accepted INTEGER NOT NULL,"
                    + " attempts INTEGER NOT NULL, held INTEGER NOT NULL, recipient TEXT NOT NULL,"
                    + " attributes TEXT NOT NULL, reverse_path TEXT NOT NULL, last TEXT NOT NULL,"
                    + " reported INTEGER NOT NULL) STRICT",
            "CREATE INDEX delivery_ready ON delivery (lane, class, due) WHERE held = 0",
            "CREATE TABLE lane (name TEXT PRIMARY KEY, due INTEGER NOT NULL, owned INTEGER NOT NULL,"
                    + " epoch INTEGER NOT NULL, not_before INTEGER NOT NULL,"
                    + " ready_at INTEGER GENERATED ALWAYS AS (max(due, not_before)) STORED) STRICT",
            "CREATE INDEX lane_ready ON lane (ready_at)",
            "CREATE TABLE indexed (segment INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
            "INSERT INTO indexed VALUES (0, 0)");

    /** Lets the deliveries of each lane be counted, by age and by attempts, without a look at the table. */
    private static final List<String> SECOND = List.of(
            "DROP INDEX delivery_ready",
            "CREATE INDEX delivery_ready ON delivery (lane, held, class, due, accepted, attempts)");

    /** What leads to each version from the one before. */
    private static final List<List<String>> VERSIONS = List.of(FIRST, SECOND);

    private Schema() {}

    /**
     * Makes the tables, or brings them up to date.
     *
     * @throws SQLException also when a newer program has written them
     */
    static void prepare(Sql sql) throws SQLException {
        prepare(sql, VERSIONS.size());
    }

    /** Makes the tables as they were in a version, or brings older ones up to it. */
    static void prepare(Sql sql, int version) throws SQLException {
        int found = sql.query(row -> row.getInt(1), "PRAGMA user_version").getFirst();
        if (found > version) {
            throw new SQLException("the queue has schema " + found + ", this program knows up to " + version
                    + ": a newer one has written it");
        }
        for (int next = found; next < version; next++) {
            sql.run("BEGIN IMMEDIATE");
            for (String statement : VERSIONS.get(next)) {
                sql.run(statement);
            }
            sql.run("PRAGMA user_version=" + (next + 1));
            sql.run("COMMIT");
        }
    }
}
