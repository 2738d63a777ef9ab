package org.mailwright.smtp.queue.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.queue.sql.journal.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that changes the index: what many wait for is done in one transaction. */
final class Writer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** Changes the index. May run more than once, until one of its runs is committed. */
    @FunctionalInterface
    interface Change<T> {
        T run(Sql sql) throws SQLException;
    }

    private static final class Task<T> {
        private final Change<T> change;
        private Optional<T> result = Optional.empty();
        private Optional<SQLException> failure = Optional.empty();

        Task(Change<T> change) {
            this.change = change;
        }

        void run(Sql sql) throws SQLException {
            result = Optional.of(change.run(sql));
        }
    }

    private final Path file;
    private final Checkpoints checkpoints;
    private final GroupCommit<Task<?>> group;
    private Optional<Sql> connection;

    Writer(Path file, Sql connection) {
        this.file = file;
        this.connection = Optional.of(connection);
        this.checkpoints = new Checkpoints(file);
        this.group = new GroupCommit<>("queue index", this::run);
    }

    /**
     * Makes a change and waits until it is on the medium.
     *
     * @throws IOException when it could not be made: then nothing of it is
     */
    <T> T change(Change<T> change) throws IOException {
        Task<T> task = new Task<>(change);
        group.run(task);
        if (task.failure.isPresent()) {
            throw failure(task.failure.get());
        }
        return task.result.orElseThrow();
    }

    static IOException failure(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("SQLITE_FULL") || message.contains("disk is full")
                ? new QueueFullException("the queue has no room: " + message, e)
                : new IOException("the queue cannot be used: " + message, e);
    }

    private void run(List<Task<?>> batch) {
        try {
            together(batch);
        } catch (SQLException e) {
            if (batch.size() == 1) {
                batch.getFirst().failure = Optional.of(e);
                return;
            }
            LOG.debug("a batch of {} changes failed and is made one by one", batch.size(), e);
            for (Task<?> task : batch) {
                run(List.of(task));
            }
        }
    }

    private void together(List<Task<?>> batch) throws SQLException {
        Sql sql = connection.isPresent() ? connection.get() : reopen();
        try {
            sql.run("BEGIN IMMEDIATE");
            for (Task<?> task : batch) {
                task.run(sql);
            }
            sql.run("COMMIT");
        } catch (SQLException | RuntimeException e) {
            giveUp(sql);
            throw e;
        }
        checkpoints.committed(sql);
    }

    private Sql reopen() throws SQLException {
        Sql fresh = Sql.open(file);
        connection = Optional.of(fresh);
        return fresh;
    }

    /** After a failure nobody knows the state of the transaction: a closed connection has none. */
    private void giveUp(Sql sql) {
        connection = Optional.empty();
        try {
            sql.close();
        } catch (SQLException e) {
            LOG.warn("a connection to the index of the queue cannot be closed: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        group.close();
        try (checkpoints) {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            throw new IOException("the index of the queue cannot be closed: " + e.getMessage(), e);
        }
    }
}
