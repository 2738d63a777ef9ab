package org.mailwright.smtp.queue.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that reads the index while the {@link Writer} changes it. One read at a time. */
final class Reader implements Closeable {

    /** Reads from the index. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Sql sql) throws SQLException;
    }

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Sql> connection = Optional.empty();

    Reader(Path file) {
        this.file = file;
    }

    <T> T read(Question<T> question) throws IOException {
        lock.lock();
        try {
            Sql sql = connection.isPresent() ? connection.get() : open();
            return question.ask(sql);
        } catch (SQLException e) {
            close();
            throw Writer.failure(e);
        } finally {
            lock.unlock();
        }
    }

    private Sql open() throws SQLException {
        Sql fresh = Sql.open(file);
        connection = Optional.of(fresh);
        return fresh;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (connection.isPresent()) {
                Sql ended = connection.get();
                connection = Optional.empty();
                ended.close();
            }
        } catch (SQLException e) {
            throw new IOException("the index cannot be closed: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }
}
