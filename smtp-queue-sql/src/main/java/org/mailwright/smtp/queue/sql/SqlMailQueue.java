package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.Settlement;
import org.mailwright.smtp.queue.sql.journal.Journal;
import org.mailwright.smtp.queue.sql.journal.JournalPosition;

/**
 * A {@link MailQueue} on the local disk: a journal that takes the mail, and an SQLite database that is its index.
 *
 * @since 0.1.0
 */
public final class SqlMailQueue implements MailQueue {

    private final SqlQueueConfig config;
    private final DurableAttributes attributes;
    private final Ground ground;
    private final Writer writer;
    private final Reader reader;
    /** What an operator asks may take a second: neither is to wait for the other. */
    private final Reader operator;

    private final Rows rows;
    private final Lanes lanes;
    private final Holds holds;
    private final Journal<MailRecord> journal;
    private final Indexer indexer;
    private final Contents contents;
    private final Settler settler;
    private final Segments segments;
    private final SqlQueueView view;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private SqlMailQueue(SqlQueueConfig config, DurableAttributes attributes, InstantSource clock, Ground ground)
            throws IOException, SQLException {
        this.config = config;
        this.attributes = attributes;
        this.ground = ground;
        Path index = config.folder().resolve("queue.db");
        Sql sql = Sql.open(index);
        Schema.prepare(sql);
        long last = sql.query(row -> row.getLong(1), "SELECT coalesce(max(id), 0) FROM delivery")
                .getFirst();
        sql.run("UPDATE lane SET owned = 0, not_before = 0 WHERE owned = 1");
        // an id is never used twice, whatever has been removed since
        this.rows = new Rows(attributes, Math.max(last, clock.millis() << 16));
        this.writer = new Writer(index, sql);
        this.reader = new Reader(index);
        this.operator = new Reader(index);
        this.lanes = new Lanes(clock, config.lease());
        this.holds = new Holds(clock, config.lease());
        this.indexer = new Indexer(writer, rows, config.gather(), this::tell);
        this.journal = Journal.open(config.folder().resolve("journal"), config.journal(), indexer::durable);
        this.contents = new Contents(config.folder().resolve("content"), journal, reader);
        this.settler = new Settler(rows);
        this.segments = new Segments(journal, writer, reader);
        this.view = new SqlQueueView(new Tables(), rows, clock, this::tell);
    }

    /**
     * Opens the queue of a folder, and makes it if there is none. What the journal took and the index lacks is indexed.
     *
     * @param attributes those that survive
     * @throws IOException when it cannot be used: another process has it, it lies on a network, it is a newer one's
     */
    public static SqlMailQueue open(SqlQueueConfig config, DurableAttributes attributes, InstantSource clock)
            throws IOException {
        Ground ground = Ground.take(config.folder(), config.reserve());
        SqlMailQueue queue;
        try {
            NativeLibrary.goesBelow(config.folder());
            queue = new SqlMailQueue(config, attributes, clock, ground);
        } catch (SQLException e) {
            ground.close();
            throw new IOException("the queue in " + config.folder() + " cannot be opened: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            ground.close();
            throw e;
        }
        try {
            queue.begin();
            return queue;
        } catch (IOException | RuntimeException e) {
            try (queue) {
                throw e;
            }
        }
    }

    private void begin() throws IOException {
        replay();
        contents.sweep();
        segments.tidy();
        indexer.start();
        ground.watch(segments::tidy);
    }

    /** What the operator's view looks at: all that was acknowledged is in it. */
    private final class Tables implements SqlQueueView.Tables {

        @Override
        public <T> T read(Reader.Question<T> question) throws IOException {
            indexer.catchUp();
            return operator.read(question);
        }

        @Override
        public <T> T change(Writer.Change<T> change) throws IOException {
            indexer.catchUp();
            T changed = writer.change(change);
            contents.forget();
            return changed;
        }

        @Override
        public void due(Sql sql, Map<LaneName, Long> due) throws SQLException {
            Rows.due(sql, due);
        }

        @Override
        public Set<String> close(Sql sql, Map<String, Integer> gone) throws SQLException {
            return Rows.close(sql, gone);
        }

        @Override
        public void removed(Set<String> files) {
            files.forEach(contents::remove);
        }
    }

    private void replay() throws IOException {
        JournalPosition from = reader.read(sql -> sql.query(
                        row -> new JournalPosition(row.getLong(1), row.getLong(2)),
                        "SELECT segment, position FROM indexed"))
                .getFirst();
        List<Journal.Appended<MailRecord>> some = new ArrayList<>();
        journal.replay(from, (position, end, payload) -> {
            some.add(new Journal.Appended<>(position, end, MailRecord.read(payload, attributes)));
            if (some.size() >= 1000) {
                indexer.durable(some);
                indexer.catchUp();
                some.clear();
            }
        });
        indexer.durable(some);
        indexer.catchUp();
    }

    private void tell(Set<LaneName> ready) {
        if (!ready.isEmpty()) {
            listeners.forEach(listener -> listener.ready(ready));
        }
    }

    @Override
    public MailWriter begin(String id) throws IOException {
        Optional<String> pressure = ground.pressure();
        if (pressure.isPresent()) {
            throw new QueueFullException(pressure.get());
        }
        return new Intake(id, config.inline(), contents, this::store, ground::judged);
    }

    private void store(Message message, List<NewDelivery> deliveries, Optional<ByteBuffer> content) throws IOException {
        MailRecord mail = new MailRecord(message, List.copyOf(deliveries), content.isPresent());
        List<ByteBuffer> payload = new ArrayList<>(2);
        payload.add(ByteBuffer.wrap(mail.octets(attributes)));
        content.ifPresent(payload::add);
        try {
            journal.append(payload, mail);
        } catch (IOException e) {
            throw ground.judged(e);
        }
    }

    @Override
    public List<LaneLease> claim(int most) throws IOException {
        indexer.catchUp();
        Holds.Moment before = holds.moment();
        List<LaneLease> leases = writer.change(sql -> lanes.claim(sql, most));
        holds.hold(leases, before);
        return leases;
    }

    @Override
    public List<Delivery> next(LaneLease lease, int most, Set<Long> except) throws IOException {
        indexer.catchUp();
        return reader.read(sql -> {
            List<Long> ids = lanes.next(sql, lease.lane(), most, except);
            Map<Long, Delivery> found = new HashMap<>();
            sql.query(this::fetched, Rows.LOCATED + " WHERE d.id IN (SELECT value FROM json_each(?))", ids.toString())
                    .forEach(delivery -> found.put(delivery.id(), delivery));
            // what is no longer there was settled between the two questions
            return ids.stream().filter(found::containsKey).map(found::get).toList();
        });
    }

    private Delivery fetched(ResultSet row) throws SQLException {
        Delivery delivery = rows.delivery(row);
        Rows.position(row).ifPresent(position -> contents.note(delivery.message(), position));
        return delivery;
    }

    @Override
    public Body content(Message message) {
        return contents.body(message);
    }

    @Override
    public void settle(List<Settlement> settlements, List<NewMail> reports) throws IOException {
        Settler.Done done = writer.change(sql -> settler.settle(sql, settlements, reports));
        done.files().forEach(contents::remove);
        tell(done.lanes());
    }

    @Override
    public void renew() throws IOException {
        Holds.Moment before = holds.moment();
        holds.hold(writer.change(lanes::renew), before);
    }

    @Override
    public boolean holds(LaneLease lease) {
        return holds.holds(lease);
    }

    @Override
    public void release(LaneLease lease, Optional<Instant> notBefore) throws IOException {
        holds.forget(lease);
        indexer.catchUp();
        writer.change(sql -> lanes.release(sql, lease, notBefore));
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<String> pressure() {
        return ground.pressure();
    }

    @Override
    public QueueView view() {
        return view;
    }

    @Override
    public Optional<Instant> nextDue() throws IOException {
        indexer.catchUp();
        return reader
                .read(sql -> sql.query(
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        "SELECT ready_at FROM lane ORDER BY ready_at LIMIT 1"))
                .stream()
                .min(Comparator.naturalOrder());
    }

    /** Ends in this order, whatever fails: the chore, the journal, the index, and the lock when all is at rest. */
    @Override
    public void close() throws IOException {
        try (ground;
                operator;
                reader;
                writer;
                indexer;
                journal) {
            ground.rest();
        }
    }
}
