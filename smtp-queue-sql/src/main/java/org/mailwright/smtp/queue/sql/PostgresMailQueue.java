package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MailQueue} in a database of PostgreSQL, which any number of machines share: each of them opens it and is a
 * node.
 *
 * @since 0.1.0
 */
public final class PostgresMailQueue implements MailQueue {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMailQueue.class);

    /** The milliseconds of the database's clock; a select of its own is asked once and not for each row. */
    static final String CLOCK = "(SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)";

    private final PostgresQueueConfig config;
    private final InstantSource clock;
    private final PostgresReach reach;
    private final PostgresLink reader;
    private final PostgresLink filler;
    private final PostgresCommitter<PostgresJob> writer;
    private final PostgresCommitter<PostgresLaneJob> claimer;
    private final Rows rows;
    private final PostgresLanes lanes;
    private final Holds holds;
    private final PostgresLedger ledger;
    private final PostgresContents contents;
    private final PostgresWatch watch;
    private final SqlQueueView view;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private PostgresMailQueue(
            PostgresQueueConfig config, DurableAttributes attributes, InstantSource clock, String now) {
        String node = UUID.randomUUID().toString();
        this.config = config;
        this.clock = clock;
        this.reach = new PostgresReach(config.place());
        this.reader = new PostgresLink(config, reach, PostgresLink.Use.READ);
        this.filler = new PostgresLink(config, reach, PostgresLink.Use.FILL);
        this.rows = new Rows(attributes, 0);
        this.lanes = new PostgresLanes(node, config.lease(), now);
        this.holds = new Holds(clock, config.lease());
        this.ledger = new PostgresLedger(node, now);
        this.contents = new PostgresContents(reader, filler, now);
        PostgresWork work = new PostgresWork(new PostgresTables(attributes));
        this.writer = new PostgresCommitter<>("queue writer", config, reach, Optional.of(ledger), work::run);
        this.claimer =
                new PostgresCommitter<>("queue claimer", config, reach, Optional.empty(), PostgresLaneJob::runAll);
        this.watch = new PostgresWatch(reach, reader, contents, now);
        this.view = new SqlQueueView(new PostgresView(config, reach), rows, clock, this::tell);
    }

    /**
     * Opens the queue of a database, and makes its tables if there are none.
     *
     * @param attributes those that survive
     * @param clock of this machine; leases go by that of the database
     * @throws IOException when it cannot be used: out of reach, too old, a newer program's
     */
    public static PostgresMailQueue open(PostgresQueueConfig config, DurableAttributes attributes, InstantSource clock)
            throws IOException {
        return open(config, attributes, clock, CLOCK);
    }

    /** The same with another expression for the time of the database. */
    static PostgresMailQueue open(
            PostgresQueueConfig config, DurableAttributes attributes, InstantSource clock, String now)
            throws IOException {
        PostgresReach reach = new PostgresReach(config.place());
        PostgresLink first = new PostgresLink(config, reach, PostgresLink.Use.OPERATE);
        try {
            PostgresSchema.prepare(first.open());
        } catch (SQLException e) {
            throw new IOException("the queue in " + config.place() + " cannot be opened: " + e.getMessage(), e);
        } finally {
            first.close();
        }
        PostgresMailQueue queue = new PostgresMailQueue(config, attributes, clock, now);
        queue.watch.start();
        return queue;
    }

    private void tell(Set<LaneName> ready) {
        if (!ready.isEmpty()) {
            listeners.forEach(listener -> listener.ready(ready));
        }
    }

    @Override
    public MailWriter begin(String id) throws IOException {
        reach.requireRoom();
        return new PostgresIntake(id, config.inline(), contents, mail -> {
            writer.run(PostgresJob.taking(mail));
            tell(new TreeSet<>(Rows.lanes(mail.deliveries()).keySet()));
        });
    }

    @Override
    public List<LaneLease> claim(int most) throws IOException {
        PostgresLaneJob.Claim claim = new PostgresLaneJob.Claim(lanes, holds, most);
        claimer.run(claim);
        return claim.hold();
    }

    @Override
    public List<Delivery> next(LaneLease lease, int most, Set<Long> except) throws IOException {
        return reader.ask(sql -> {
            List<Long> ids = lanes.next(sql, lease.lane(), most, except);
            if (ids.isEmpty()) {
                return List.of();
            }
            Map<Long, Delivery> found = new HashMap<>();
            sql.query(rows::delivery, Rows.SELECT + " WHERE d.id = ANY (?::bigint[])", (Object)
                            ids.toArray(new Long[0]))
                    .forEach(delivery -> found.put(delivery.id(), delivery));
            // what is no longer there was settled between the two questions
            return ids.stream().filter(found::containsKey).map(found::get).toList();
        });
    }

    @Override
    public Body content(Message message) {
        return contents.body(message);
    }

    @Override
    public void settle(List<Settlement> settlements, List<NewMail> reports) throws IOException {
        writer.run(PostgresJob.settling(settlements, reports));
        Set<LaneName> ready = new TreeSet<>();
        for (Settlement settlement : settlements) {
            if (settlement instanceof Settlement.Deferred deferred) {
                ready.add(deferred.delivery().lane());
            }
        }
        reports.forEach(report -> ready.addAll(Rows.lanes(report.deliveries()).keySet()));
        tell(ready);
    }

    @Override
    public void renew() throws IOException {
        PostgresLaneJob.Renew renew = new PostgresLaneJob.Renew(lanes, holds);
        claimer.run(renew);
        renew.hold();
    }

    @Override
    public boolean holds(LaneLease lease) {
        return holds.holds(lease);
    }

    @Override
    public void release(LaneLease lease, Optional<Instant> notBefore) throws IOException {
        holds.forget(lease);
        claimer.run(new PostgresLaneJob.Release(lanes, lease, notBefore));
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<String> pressure() {
        return reach.pressure();
    }

    @Override
    public QueueView view() {
        return view;
    }

    @Override
    public Optional<Instant> nextDue() throws IOException {
        return reader.ask(lanes::untilReady).map(wait -> clock.instant().plus(wait)).stream()
                .min(Comparator.naturalOrder());
    }

    @Override
    public void close() {
        watch.close();
        writer.close();
        claimer.close();
        holds.clear();
        try {
            // others need not wait until the leases of this node run out
            reader.ask(sql -> {
                lanes.releaseAll(sql);
                ledger.end(sql);
                return true;
            });
        } catch (IOException e) {
            LOG.warn("the lanes of this node are free when their leases run out: {}", e.getMessage());
        }
        filler.close();
        reader.close();
    }
}
