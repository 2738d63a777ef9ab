package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to PostgreSQL, which is opened when it is needed, and again after it broke. */
final class PostgresLink {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLink.class);
    private static final String STANDBY = "25006";

    /** What a connection is for. */
    enum Use {
        /** Changes in transactions that it ends itself. */
        COMMIT,
        /** Single statements. */
        READ,
        /** Single statements that another connection's commit will make durable: the log is written in order. */
        FILL,
        /** What an operator asks, which may take its time, in transactions. */
        OPERATE
    }

    private final PostgresQueueConfig config;
    private final PostgresReach reach;
    private final Use use;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Sql> connection = Optional.empty();

    PostgresLink(PostgresQueueConfig config, PostgresReach reach, Use use) {
        this.config = config;
        this.reach = reach;
        this.use = use;
    }

    /** Returns the connection. For callers that have the link to themselves. */
    Sql open() throws SQLException {
        if (connection.isPresent()) {
            return connection.get();
        }
        try {
            Sql fresh = connect();
            connection = Optional.of(fresh);
            reach.back();
            return fresh;
        } catch (SQLException e) {
            reach.lost(e);
            throw e;
        }
    }

    private Sql connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        String password = config.password().get();
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "mailwright");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        // a server that is cut off says nothing: the statement's own timeout comes first where it can
        properties.setProperty(
                "socketTimeout", Long.toString(statement().plusSeconds(5).toSeconds()));
        Connection fresh = Drivers.POSTGRESQL.connect(config.url(), properties);
        try {
            try (Statement statement = fresh.createStatement()) {
                statement.execute(settings());
            }
            Sql sql = new Sql(fresh);
            if (sql.query(row -> row.getString(1), "SELECT current_setting('transaction_read_only')")
                    .contains("on")) {
                throw new SQLException("the server takes no changes: it is a standby", STANDBY);
            }
            fresh.setAutoCommit(use == Use.READ || use == Use.FILL);
            return sql;
        } catch (SQLException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private Duration statement() {
        return use == Use.OPERATE ? config.statement().multipliedBy(60) : config.statement();
    }

    private String settings() {
        return "SET statement_timeout = " + statement().toMillis()
                + "; SET lock_timeout = " + config.statement().toMillis()
                + "; SET idle_in_transaction_session_timeout = 10000"
                + "; SET default_transaction_isolation = 'read committed'"
                + "; SET client_min_messages = warning; SET jit = off"
                + (use == Use.FILL
                        ? "; SET synchronous_commit = off"
                        : "; SELECT set_config('synchronous_commit', 'on', false)"
                                + " WHERE current_setting('synchronous_commit') IN ('off', 'local')");
    }

    /** Asks for something that may be asked twice: a connection that turns out to be broken is opened again once. */
    <T> T ask(Reader.Question<T> question) throws IOException {
        lock.lock();
        try {
            reach.require();
            try {
                return open(question);
            } catch (SQLException e) {
                if (!PostgresReach.isLost(e) || reach.isAway()) {
                    throw e;
                }
                return open(question);
            }
        } catch (SQLException e) {
            throw reach.judged(e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T open(Reader.Question<T> question) throws SQLException {
        Sql sql = open();
        try {
            return question.ask(sql);
        } catch (SQLException | RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** Looks whether the database can be reached, when it is known not to be. */
    void probe() {
        lock.lock();
        try {
            drop();
            open();
        } catch (SQLException e) {
            LOG.debug("the database is still away: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** After a failure nobody knows the state of a connection: a closed one has none. */
    void drop() {
        if (connection.isPresent()) {
            Sql ended = connection.get();
            connection = Optional.empty();
            try {
                ended.close();
            } catch (SQLException e) {
                LOG.debug("a broken connection cannot be closed: {}", e.getMessage());
            }
        }
    }

    void close() {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }
}
