package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailQueueContract;

/** The contract, in a database whose clock, like that of the nodes, can be ahead of the real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresMailQueueTest extends MailQueueContract {

    private static final String NOW =
            PostgresMailQueue.CLOCK.replace("::bigint)", "::bigint + (SELECT millis FROM ahead))");

    private final AtomicLong ahead = new AtomicLong();
    private final InstantSource clock =
            () -> Instant.now().plusMillis(ahead.get()).truncatedTo(ChronoUnit.MILLIS);
    private final List<PostgresMailQueue> opened = new ArrayList<>();
    private PostgresServer server;
    private String database;

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void create() throws SQLException {
        ahead.set(0);
        database = server.create();
        server.sql(database, "CREATE TABLE ahead (millis bigint); INSERT INTO ahead VALUES (0)");
    }

    @AfterEach
    void closeAll() {
        opened.forEach(PostgresMailQueue::close);
        opened.clear();
    }

    @Override
    protected MailQueue open() throws IOException {
        PostgresMailQueue queue = PostgresMailQueue.open(server.config(database), ATTRIBUTES, clock, NOW);
        opened.add(queue);
        return queue;
    }

    @Override
    protected boolean many() {
        return true;
    }

    /** The old node stays as it is, without its connections: others see no difference to a dead one. */
    @Override
    protected MailQueue reopen(MailQueue queue) throws IOException {
        try {
            server.sql(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return open();
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void advance(Duration time) throws IOException {
        try {
            server.sql(database, "UPDATE ahead SET millis = millis + " + time.toMillis());
        } catch (SQLException e) {
            throw new IOException(e);
        }
        ahead.addAndGet(time.toMillis());
    }
}
