package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.mailwright.smtp.queue.sql.journal.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread with a connection of its own that makes the changes which many wait for in one transaction. */
final class PostgresCommitter<J> {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCommitter.class);
    private static final int MOST = 500;
    private static final int TRIES = 5;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final String UNKNOWN = "08007";
    private static final String BUG = "XX001";
    private static final String NO_ROOM = "53";
    /** A statement, or a lock, that took too long: one by one it would take longer. */
    private static final Set<String> NO_TIME = Set.of("57014", "55P03");

    /** Makes changes. Runs again when the transaction was lost, until one of its runs is committed. */
    @FunctionalInterface
    interface Work<J> {
        void run(Sql sql, List<J> jobs) throws SQLException;
    }

    private static final class Task<J> {
        private final J job;
        private Optional<SQLException> failure = Optional.empty();

        Task(J job) {
            this.job = job;
        }
    }

    private final PostgresLink link;
    private final PostgresReach reach;
    private final Optional<PostgresLedger> ledger;
    private final long patienceNanos;
    private final Work<J> work;
    private final GroupCommit<Task<J>> group;

    PostgresCommitter(
            String name,
            PostgresQueueConfig config,
            PostgresReach reach,
            Optional<PostgresLedger> ledger,
            Work<J> work) {
        this.link = new PostgresLink(config, reach, PostgresLink.Use.COMMIT);
        this.reach = reach;
        this.ledger = ledger;
        this.patienceNanos = config.patience().toNanos();
        this.work = work;
        this.group = new GroupCommit<>(name, this::run);
    }

    /**
     * Does a job and waits until it is durable.
     *
     * @throws IOException when it is not, or when the connection broke and it could not be found out in time
     */
    void run(J job) throws IOException {
        reach.require();
        Task<J> task = new Task<>(job);
        group.run(task);
        if (task.failure.isPresent()) {
            throw reach.judged(task.failure.get());
        }
    }

    private void run(List<Task<J>> all) {
        for (int from = 0; from < all.size(); from += MOST) {
            commit(all.subList(from, Math.min(all.size(), from + MOST)), 1);
        }
    }

    private void commit(List<Task<J>> batch, int trial) {
        long end = System.nanoTime() + (reach.isAway() ? 0 : patienceNanos);
        boolean doubt = false;
        while (true) {
            boolean known = !doubt;
            try {
                Sql sql = link.open();
                if (doubt && ledger.isPresent() && ledger.get().arrived(sql)) {
                    return;
                }
                doubt = false;
                known = true;
                work.run(sql, batch.stream().map(task -> task.job).toList());
                if (ledger.isPresent()) {
                    ledger.get().note(sql);
                }
                // nothing may cut short a commit: one that waits for a standby would count as done without it
                sql.run("SET LOCAL statement_timeout = 0");
                doubt = true;
                sql.commit();
                return;
            } catch (SQLException e) {
                link.drop();
                if (known && !reach.isAway() && !PostgresReach.isLost(e)) {
                    refused(batch, e, trial);
                    return;
                }
                if ((doubt && ledger.isEmpty()) || System.nanoTime() - end > 0) {
                    fail(batch, doubt ? new SQLException("nobody knows whether it was committed", UNKNOWN, e) : e);
                    return;
                }
                LOG.debug("a transaction of {} changes is tried again", batch.size(), e);
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException e) {
                link.drop();
                refused(batch, new SQLException("a change failed: " + e, BUG, e), trial);
                return;
            }
        }
    }

    /** The server is there and said no: nothing is committed, and only the bad one shall fail. */
    private void refused(List<Task<J>> batch, SQLException e, int trial) {
        String state = String.valueOf(e.getSQLState());
        if (PostgresReach.isConflict(e) && trial < TRIES) {
            LOG.debug("a transaction met another and is tried again", e);
            commit(batch, trial + 1);
        } else if (batch.size() == 1 || state.startsWith(NO_ROOM) || NO_TIME.contains(state)) {
            fail(batch, e);
        } else {
            LOG.debug("a batch of {} changes failed and is made one by one", batch.size(), e);
            batch.forEach(task -> commit(List.of(task), 1));
        }
    }

    private void fail(List<Task<J>> batch, SQLException e) {
        batch.forEach(task -> task.failure = Optional.of(e));
    }

    void close() {
        group.close();
        link.close();
    }
}
