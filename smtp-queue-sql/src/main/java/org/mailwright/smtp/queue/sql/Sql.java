package org.mailwright.smtp.queue.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;

/** One connection to a database, with the statements that it has prepared. For one thread at a time. */
final class Sql implements AutoCloseable {

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final int MOST_PREPARED = 64;

    private final Connection connection;
    /** Those used last: what an operator asks is made for the moment, and must not pile up. */
    private final LinkedHashMap<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Opens a file of SQLite. */
    static Sql open(Path file) throws SQLException {
        Sql sql = new Sql(Drivers.SQLITE.connect("jdbc:sqlite:" + file, new Properties()));
        sql.run("PRAGMA journal_mode=WAL");
        sql.run("PRAGMA synchronous=FULL");
        sql.run("PRAGMA wal_autocheckpoint=0"); // Checkpoints does it
        sql.run("PRAGMA journal_size_limit=67108864");
        sql.run("PRAGMA busy_timeout=5000");
        sql.run("PRAGMA cache_size=-16384");
        return sql;
    }

    /** Runs a statement without parameters. */
    void run(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private PreparedStatement bound(String text, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            prepared.put(text, statement);
            if (prepared.size() > MOST_PREPARED) {
                prepared.pollFirstEntry().getValue().close();
            }
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    int update(String text, Object... values) throws SQLException {
        return bound(text, values).executeUpdate();
    }

    /** Runs a statement once for each of the values; how often it did something is not known. */
    void batch(String text, List<Object[]> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        PreparedStatement statement = bound(text, all.getFirst());
        for (Object[] values : all) {
            bound(text, values).addBatch();
        }
        statement.executeBatch();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    <T> List<T> query(Row<T> reader, String text, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet found = bound(text, values).executeQuery()) {
            while (found.next()) {
                rows.add(reader.read(found));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
