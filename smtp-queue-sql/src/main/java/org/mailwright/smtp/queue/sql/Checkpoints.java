package org.mailwright.smtp.queue.sql;

import java.io.Closeable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log of the index into its file, beside the one thread that changes it. Left to itself, SQLite
 * does so after the commit that made the log long, and whoever waits for that thread then waits for thousands of pages.
 *
 * <p>A log starts from its beginning again only when all of it is copied, and while changes go on something is always
 * left. So the copying ends with the little that has come meanwhile, in the thread of the changes. It does all when
 * nothing was copied beside it for long: the log must stay bounded, or the disk fills and reading gets slow.
 *
 * <p>Needs SQLite 3.51.3 or newer: {@code NOOP} is of 3.51.0, and older ones could damage a log that two connections
 * write and copy at once (<a href="https://sqlite.org/wal.html#walresetbug">the WAL-reset bug</a>).
 */
final class Checkpoints implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Pages of the log from which on it is copied: 16 MB. */
    static final long PAGES = 4000;

    /** Pages that the log must have grown by until it is tried again, because somebody still read the older ones. */
    static final long AGAIN = 1000;

    /** Pages from which on the thread of the changes copies by itself. */
    static final long MOST = 4 * PAGES;

    /** So few pages are left to the thread of the changes, if that can be had by copying again. */
    private static final long FEW = 100;

    private static final int TIMES = 8;

    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";
    private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";

    private enum State {
        IDLE,
        COPYING,
        COPIED
    }

    /** The pages of the log, and how many of them are in the file; no copy was made where somebody else made one. */
    private record Log(boolean busy, long pages, long copied) {

        long left() {
            return pages - copied;
        }
    }

    private final Path file;
    /** Its thread is there from the beginning: where none can be had, that must not be found out after a commit. */
    private final ThreadPoolExecutor beside = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("queue checkpoints").daemon(true).factory());

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    /** Only for the thread beside, and for who closes when that has ended. */
    private Optional<Sql> connection = Optional.empty();
    /** Only for the thread of the changes. */
    private long next = PAGES;

    Checkpoints(Path file) {
        this.file = file;
        beside.prestartCoreThread();
    }

    /** To be called by the thread of the changes after each commit, outside of any transaction. */
    void committed(Sql changes) {
        try {
            if (state.compareAndSet(State.COPIED, State.IDLE)) {
                next = run(changes, COPY).pages() + AGAIN;
                return;
            }
            long pages = run(changes, LOOK).pages();
            if (pages < PAGES) {
                next = PAGES;
            } else if (pages >= next) {
                copy(changes, pages);
            }
        } catch (SQLException | RuntimeException | Error e) {
            // what was committed is safe in the log, whatever this is: it must not count as a failure of the changes
            LOG.warn("the log of the index of the queue cannot be copied now: {}", e.getMessage(), e);
        }
    }

    private void copy(Sql changes, long pages) throws SQLException {
        next = pages + AGAIN;
        if (pages >= MOST) {
            run(changes, COPY);
        } else if (state.compareAndSet(State.IDLE, State.COPYING)) {
            try {
                beside.execute(this::copy);
            } catch (RuntimeException | Error e) {
                state.set(State.IDLE);
                throw e;
            }
        }
    }

    private void copy() {
        State after = State.IDLE;
        try {
            Sql sql = connection.isPresent() ? connection.get() : open();
            Log log = copied(sql);
            for (int n = 1; n < TIMES && log.left() > FEW; n++) {
                log = copied(sql);
            }
            // while somebody reads what is older, the rest would not be little
            after = !log.busy() && log.left() <= AGAIN ? State.COPIED : State.IDLE;
        } catch (SQLException e) {
            LOG.warn("the log of the index of the queue cannot be copied now: {}", e.getMessage());
            disconnect();
        } finally {
            state.set(after);
        }
    }

    /** Copies what is there, and then looks: a checkpoint tells of the log as it was when it began. */
    private static Log copied(Sql sql) throws SQLException {
        boolean busy = run(sql, COPY).busy();
        Log log = run(sql, LOOK);
        return new Log(busy, log.pages(), log.copied());
    }

    private static Log run(Sql sql, String checkpoint) throws SQLException {
        return sql.query(row -> new Log(row.getInt(1) != 0, row.getLong(2), row.getLong(3)), checkpoint)
                .getFirst();
    }

    private Sql open() throws SQLException {
        Sql fresh = Sql.open(file);
        connection = Optional.of(fresh);
        return fresh;
    }

    private void disconnect() {
        Optional<Sql> ended = connection;
        connection = Optional.empty();
        try {
            if (ended.isPresent()) {
                ended.get().close();
            }
        } catch (SQLException e) {
            LOG.warn("a connection to the index of the queue cannot be closed: {}", e.getMessage());
        }
    }

    /**
     * Waits for what is being copied, even when interrupted: the file is at rest afterwards. Once more does nothing.
     */
    @Override
    public void close() {
        beside.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = beside.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        disconnect();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
