package org.mailwright.smtp.queue.sql;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.sql.journal.Journal;
import org.mailwright.smtp.queue.sql.journal.JournalPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the journal has taken into the index, in the order of the journal, many at a time. */
final class Indexer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
    private static final int MOST = 2000;
    private static final int FEW = 20;
    /** Gathering takes no longer than that because of what the last change has taken. */
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);
    /** How many times as long as a change takes is gathered for the next: many at a time touch fewer pages each. */
    private static final int PATIENCE = 8;

    private final Writer writer;
    private final Rows rows;
    private final long shortest;
    private final Consumer<Set<LaneName>> ready;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread thread;
    private List<Journal.Appended<MailRecord>> waiting = new ArrayList<>();
    private long added;
    private final AtomicLong indexed = new AtomicLong();
    private boolean closed;

    Indexer(Writer writer, Rows rows, Duration gather, Consumer<Set<LaneName>> ready) {
        this.writer = writer;
        this.rows = rows;
        this.shortest = gather.toNanos();
        this.ready = ready;
        this.thread = Thread.ofPlatform().name("queue indexer").daemon(true).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /** Called by the journal, in its order, before the commits return. */
    void durable(List<Journal.Appended<MailRecord>> records) {
        lock.lock();
        try {
            boolean first = waiting.isEmpty();
            waiting.addAll(records);
            added += records.size();
            if (first || waiting.size() >= MOST) {
                some.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        long gather = shortest;
        while (awaitSome(gather)) {
            long began = System.nanoTime();
            long before = indexed.get();
            try {
                catchUp();
            } catch (IOException e) {
                LOG.error("the queue cannot be indexed now; it is tried again", e);
            }
            long taken = System.nanoTime() - began;
            boolean many = indexed.get() - before > FEW; // a single mail is not to wait for others that do not come
            gather = many ? Math.max(shortest, Math.min(LONGEST, PATIENCE * taken)) : shortest;
        }
    }

    private boolean awaitSome(long gather) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.awaitUninterruptibly();
            }
            long left = gather;
            while (left > 0 && waiting.size() < MOST && !closed) {
                left = some.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all that was durable before the call is indexed, however much comes in meanwhile. */
    void catchUp() throws IOException {
        long wanted = added();
        if (indexed.get() >= wanted) {
            return;
        }
        turn.lock();
        try {
            while (indexed.get() < wanted) {
                index(take());
            }
        } finally {
            turn.unlock();
        }
    }

    private long added() {
        lock.lock();
        try {
            return added;
        } finally {
            lock.unlock();
        }
    }

    private List<Journal.Appended<MailRecord>> take() {
        lock.lock();
        try {
            return List.copyOf(waiting.subList(0, Math.min(MOST, waiting.size())));
        } finally {
            lock.unlock();
        }
    }

    private void index(List<Journal.Appended<MailRecord>> records) throws IOException {
        Map<LaneName, Long> lanes = new HashMap<>();
        records.forEach(each ->
                Rows.lanes(each.attachment().deliveries()).forEach((lane, due) -> lanes.merge(lane, due, Math::min)));
        JournalPosition end = records.getLast().end();
        writer.change(sql -> {
            for (Journal.Appended<MailRecord> each : records) {
                MailRecord mail = each.attachment();
                Place place = mail.content() ? new Place.Log(each.position()) : new Place.File();
                rows.insert(sql, mail.message(), mail.deliveries(), place);
            }
            Rows.due(sql, lanes);
            sql.update("UPDATE indexed SET segment = ?, position = ?", end.segment(), end.offset());
            return end;
        });
        lock.lock();
        try {
            waiting = new ArrayList<>(waiting.subList(records.size(), waiting.size()));
            indexed.addAndGet(records.size());
        } finally {
            lock.unlock();
        }
        ready.accept(new TreeSet<>(lanes.keySet()));
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            some.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        catchUp();
    }
}
