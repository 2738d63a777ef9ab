package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.List;

/** The tables in PostgreSQL, and the way from older ones to these. */
final class PostgresSchema {

    private static final int VERSION = 1;
    private static final int OLDEST_SERVER = 150_000;
    private static final long LOCK = 0x6D61696C77726967L;

    /** Rows come and go all the time: what is dead is removed early, and there is room for new versions beside. */
    private static final String BUSY =
            " WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)";

    /** The same, with what lies beside the rows: contents. */
    private static final String LARGE = " WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01,"
            + " autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_scale_factor = 0.01,"
            + " toast.autovacuum_vacuum_cost_delay = 0)";

    private static final List<String> FIRST = List.of(
            "CREATE TABLE message (id text COLLATE \"C\" PRIMARY KEY, reverse_path text NOT NULL,"
                    + " attributes text NOT NULL, provenance text NOT NULL, accepted bigint NOT NULL,"
                    + " expires bigint NOT NULL, size bigint NOT NULL, undelivered integer NOT NULL,"
                    + " place text NOT NULL, content bytea NOT NULL)" + LARGE,
            // neither compressed nor unpacked as a whole: mail is often packed already
            "ALTER TABLE message ALTER COLUMN content SET STORAGE EXTERNAL",
            "CREATE TABLE delivery (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " message text COLLATE \"C\" NOT NULL, lane text COLLATE \"C\" NOT NULL,"
                    + " class integer NOT NULL, due bigint NOT NULL, accepted bigint NOT NULL,"
                    + " attempts integer NOT NULL DEFAULT 0, held integer NOT NULL DEFAULT 0,"
                    + " recipient text NOT NULL, attributes text NOT NULL, reverse_path text NOT NULL,"
                    + " last text NOT NULL DEFAULT '', reported integer NOT NULL DEFAULT 0)" + BUSY,
            "CREATE INDEX delivery_ready ON delivery (lane, class, due, id) WHERE held = 0",
            "CREATE INDEX delivery_message ON delivery (message)",
            "CREATE SEQUENCE lane_epoch",
            "CREATE TABLE lane (name text COLLATE \"C\" PRIMARY KEY, due bigint NOT NULL,"
                    + " owner text NOT NULL DEFAULT '',"
                    + " owned integer GENERATED ALWAYS AS (CASE WHEN owner = '' THEN 0 ELSE 1 END) STORED,"
                    + " epoch bigint NOT NULL DEFAULT 0, not_before bigint NOT NULL DEFAULT 0,"
                    + " ready_at bigint GENERATED ALWAYS AS (GREATEST(due, not_before)) STORED)" + BUSY,
            "CREATE INDEX lane_ready ON lane (ready_at)",
            "CREATE TABLE chunk (message text COLLATE \"C\" NOT NULL, n integer NOT NULL, octets bytea NOT NULL,"
                    + " PRIMARY KEY (message, n))" + LARGE,
            "ALTER TABLE chunk ALTER COLUMN octets SET STORAGE EXTERNAL",
            // chunks that belong to no mail yet, or, since 0, to none any more
            "CREATE TABLE leftover (message text COLLATE \"C\" PRIMARY KEY, since bigint NOT NULL)" + BUSY,
            "CREATE TABLE node (id text PRIMARY KEY, batch bigint NOT NULL, seen bigint NOT NULL)" + BUSY);

    private PostgresSchema() {}

    /**
     * Makes the tables, or brings them up to date, in one transaction: of many nodes that start together, one does.
     *
     * @throws SQLException also when the server is too old, or a newer program has written the tables
     */
    static void prepare(Sql sql) throws SQLException {
        require(sql);
        sql.query(row -> row.getString(1), "SELECT pg_advisory_xact_lock(?)", LOCK);
        sql.run("CREATE TABLE IF NOT EXISTS mailwright_schema (version integer NOT NULL)");
        List<Integer> found = sql.query(row -> row.getInt(1), "SELECT version FROM mailwright_schema");
        if (found.isEmpty()) {
            for (String statement : FIRST) {
                sql.run(statement);
            }
            sql.update("INSERT INTO mailwright_schema VALUES (?)", VERSION);
        } else if (found.getFirst() > VERSION) {
            throw new SQLException("the queue has schema " + found.getFirst() + ", this program knows up to " + VERSION
                    + ": a newer one has written it");
        }
        sql.commit();
    }

    private static void require(Sql sql) throws SQLException {
        int server = Integer.parseInt(
                sql.query(row -> row.getString(1), "SHOW server_version_num").getFirst());
        if (server < OLDEST_SERVER) {
            throw new SQLException("the server is PostgreSQL " + server / 10_000 + ", the queue needs 15 or newer");
        }
        String encoding =
                sql.query(row -> row.getString(1), "SHOW server_encoding").getFirst();
        if (!encoding.equals("UTF8")) {
            throw new SQLException("the database has encoding " + encoding + ", the queue needs UTF8");
        }
    }
}
