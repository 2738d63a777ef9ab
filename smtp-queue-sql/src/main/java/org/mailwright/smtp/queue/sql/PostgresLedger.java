package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.List;

/**
 * Counts the transactions of one thread in a row of the database, so that it can be found out whether one was committed
 * when the connection broke before the answer came. For that thread alone.
 */
final class PostgresLedger {

    private final String id;
    private final String now;
    private long number;

    /** Makes one for a thread whose id no other ever has. */
    PostgresLedger(String id, String now) {
        this.id = id;
        this.now = now;
    }

    /** Counts the transaction that is about to be committed. */
    void note(Sql sql) throws SQLException {
        number++;
        sql.update(
                "INSERT INTO node (id, batch, seen) VALUES (?, ?, " + now + ") ON CONFLICT (id) DO UPDATE"
                        + " SET batch = excluded.batch, seen = excluded.seen",
                id,
                number);
    }

    /** Tells whether the last one that was counted is committed; waits for a server that is still at it. */
    boolean arrived(Sql sql) throws SQLException {
        List<Long> found = sql.query(row -> row.getLong(1), "SELECT batch FROM node WHERE id = ? FOR UPDATE", id);
        sql.commit();
        return found.contains(number);
    }

    /** Removes the row. */
    void end(Sql sql) throws SQLException {
        sql.update("DELETE FROM node WHERE id = ?", id);
    }
}
