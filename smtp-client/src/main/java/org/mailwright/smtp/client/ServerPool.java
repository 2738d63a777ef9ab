package org.mailwright.smtp.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.mail.Outcome;

/** The connections to one server, and the mails that wait for one. */
final class ServerPool {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final SmtpClientConfig config;
    private final Patience patience;
    private final Supplier<PooledConnection> maker;
    private final WaitingLine waiting = new WaitingLine();
    private final Set<PooledConnection> connections = new HashSet<>();
    private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>();
    /** Those that were told of a mail and have not come for it yet: no other need be opened for that one. */
    private final Set<PooledConnection> woken = new HashSet<>();

    private Optional<Opening> awaited = Optional.empty();
    private int opening;

    /** Whether the server took commands in groups, the last time that a connection was ready. */
    private boolean pipelining;

    private boolean closed;
    private boolean watched;

    /**
     * Makes one.
     *
     * @param patience how long a mail may follow others on a busy connection
     * @param maker makes connections that belong to it and are not open yet
     */
    ServerPool(SmtpClientConfig config, Patience patience, Function<ServerPool, PooledConnection> maker) {
        this.config = config;
        this.patience = patience;
        this.maker = () -> maker.apply(this);
    }

    /** Changes something with the lock, and does afterwards without it what is to be done then. */
    private void locked(Consumer<List<Runnable>> change) {
        List<Runnable> after = new ArrayList<>(1);
        lock.lock();
        try {
            change.accept(after);
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
    }

    /** Takes a mail. */
    void submit(Submission mail) {
        locked(after -> {
            if (closed) {
                after.add(() -> mail.fail(Submission.CLOSED));
            } else if (waiting.size() >= config.waiting()) {
                after.add(() -> mail.fail(Submission.FULL));
            } else {
                mail.waitsAt(this);
                waiting.add(mail);
                if (!followOthers()) {
                    employ(after);
                } else if (!watched) {
                    watched = true;
                    after.add(() -> patience.watch(this::hurry));
                }
            }
        });
    }

    /** Finds connections for mails that have waited since before that moment; tells whether to look again. */
    private boolean hurry(long moment) {
        List<Runnable> after = new ArrayList<>();
        boolean more;
        lock.lock();
        try {
            for (int left = waiting.overdue(moment); left > 0; left--) {
                employ(after);
            }
            watched = !waiting.isEmpty() && !closed;
            more = watched;
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
        return more;
    }

    /** Returns how often a mail may meet a dead connection: when a server restarts, all that were kept are dead. */
    int retries() {
        return config.connections();
    }

    /** Takes a mail back whose connection was gone, to be first on another. */
    void again(Submission mail) {
        locked(after -> {
            if (closed) {
                after.add(() -> mail.fail(Submission.CLOSED));
            } else {
                waiting.addFirst(mail);
                employ(after);
            }
        });
    }

    /** Takes off a mail that was cancelled. */
    void forget(Submission mail) {
        locked(after -> waiting.remove(mail));
    }

    /** Notes what a connection knows of the server. */
    void ready(boolean takesGroups) {
        locked(after -> pipelining = takesGroups);
    }

    /** Tells whether each mail that waits can follow another, on a connection that is busy. */
    private boolean followOthers() {
        int expected = opening + woken.size();
        int busy = connections.size() - idle.size() - expected;
        return pipelining && busy >= config.lookAheadFrom() && waiting.size() - expected <= busy;
    }

    /** Finds a connection for a mail that waits: an idle one, or a new one. */
    private void employ(List<Runnable> after) {
        PooledConnection rested = idle.pollLast();
        if (rested != null) {
            woken.add(rested);
            after.add(() -> rested.session().wake());
        } else if (connections.size() < config.connections() && waiting.size() > opening + woken.size()) {
            connect(after);
        }
    }

    private void connect(List<Runnable> after) {
        PooledConnection fresh = maker.get();
        connections.add(fresh);
        opening++;
        after.add(fresh::open);
    }

    /** Makes sure that there is a connection that is ready, or will be. */
    Opening open() {
        List<Runnable> after = new ArrayList<>(1);
        Opening opened;
        lock.lock();
        try {
            if (closed) {
                return Opening.ended(Optional.of(Submission.CLOSED));
            }
            if (connections.size() > opening) {
                return Opening.ended(Optional.empty());
            }
            opened = awaited.orElseGet(Opening::begin);
            awaited = Optional.of(opened);
            if (connections.isEmpty()) {
                connect(after);
            } else if (connections.stream().anyMatch(PooledConnection::isReached)) {
                after.add(opened::reach);
            }
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
        return opened;
    }

    void reached(PooledConnection connection) {
        locked(after -> {
            connection.nowReached();
            awaited.ifPresent(told -> after.add(told::reach));
        });
    }

    /**
     * Notes that a connection is ready, when it has its first mail or is among the idle ones: a mail that comes before
     * would find neither, and open another.
     */
    private void settle(PooledConnection connection, List<Runnable> after) {
        if (!connection.isReady()) {
            opening--;
            connection.nowReady();
            tellOpened(Optional.empty(), after);
        }
    }

    private void tellOpened(Optional<Outcome> failure, List<Runnable> after) {
        awaited.ifPresent(told -> after.add(() -> told.end(failure)));
        awaited = Optional.empty();
    }

    Optional<MailJob> next(PooledConnection connection) {
        List<Runnable> after = new ArrayList<>(0);
        Optional<MailJob> mail = next(connection, after);
        after.forEach(Runnable::run);
        return mail;
    }

    private Optional<MailJob> next(PooledConnection connection, List<Runnable> after) {
        lock.lock();
        try {
            woken.remove(connection);
            if (!closed && connection.taken() < config.mailsPerConnection()) {
                Optional<Submission> mail = waiting.poll(after);
                mail.ifPresent(taken -> {
                    settle(connection, after);
                    taken.takenBy(connection.take());
                });
                return mail.map(MailJob.class::cast);
            }
        } finally {
            lock.unlock();
        }
        connection.session().quit();
        return Optional.empty();
    }

    void idle(PooledConnection connection) {
        locked(after -> {
            if (!waiting.isEmpty() && connection.taken() < config.mailsPerConnection() && !closed) {
                after.add(() -> connection.session().wake());
            } else if (!closed) {
                idle.add(connection);
                settle(connection, after);
            }
        });
    }

    /** Takes a connection off. Mails that wait go to others; if there are none, they get its outcome. */
    void gone(PooledConnection connection, boolean wasReady, Outcome outcome) {
        locked(after -> {
            connections.remove(connection);
            idle.remove(connection);
            woken.remove(connection);
            opening -= connection.isReady() ? 0 : 1;
            if (!wasReady && connections.isEmpty()) {
                waiting.fail(outcome, after);
            } else if (wasReady && !waiting.isEmpty()) {
                employ(after);
            }
            if (connections.isEmpty()) {
                tellOpened(Optional.of(outcome), after);
            }
            empty.signalAll();
        });
    }

    /** Tells whether it has neither mails nor connections. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty() && connections.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Fails the mails that wait, and asks the connections to end when their mails are done. */
    void close() {
        locked(after -> {
            closed = true;
            waiting.fail(Submission.CLOSED, after);
            tellOpened(Optional.of(Submission.CLOSED), after);
            connections.forEach(
                    connection -> after.add(() -> connection.session().quit()));
        });
    }

    /**
     * Waits until there is no connection, but for those that the server has not answered.
     *
     * @param nanos how long at most
     * @return how much of that is left
     */
    long awaitEmpty(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (connections.stream().anyMatch(PooledConnection::isReached) && left > 0) {
                left = empty.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return left;
    }
}
