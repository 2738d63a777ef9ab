package org.mailwright.smtp.queue.memory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Delivery;
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

/**
 * A {@link MailQueue} in memory: for tests, and for mail that may be lost when the process ends. It holds a bounded
 * number of octets.
 *
 * @since 0.1.0
 */
public final class MemoryMailQueue implements MailQueue {

    private final Duration lease;
    private final long most;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryStore store;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final QueueView view;

    /**
     * An empty queue.
     *
     * @param lease how long a lane is leased without a renewal
     * @param most octets of content at most; beyond that no mail is taken
     */
    public MemoryMailQueue(Duration lease, long most, InstantSource clock) {
        this.lease = lease;
        this.most = most;
        this.clock = clock;
        this.store = new MemoryStore();
        this.view = new MemoryQueueView(lock, store, clock, this::tell);
    }

    private void tell(Set<LaneName> ready) {
        if (!ready.isEmpty()) {
            listeners.forEach(listener -> listener.ready(ready));
        }
    }

    @Override
    public MailWriter begin(String id) throws IOException {
        Optional<String> pressure = pressure();
        if (pressure.isPresent()) {
            throw new QueueFullException(pressure.get());
        }
        return new Writer();
    }

    private Set<LaneName> put(Message message, byte[] content, List<NewDelivery> deliveries) {
        Set<LaneName> lanes = new LinkedHashSet<>();
        store.contents.put(message.id(), content);
        store.octets += content.length;
        for (NewDelivery one : deliveries) {
            Delivery delivery = new Delivery(
                    ++store.lastId,
                    message,
                    one.lane(),
                    one.recipient(),
                    one.reversePath().orElse(message.reversePath()),
                    one.priority(),
                    0,
                    one.due(),
                    Optional.empty(),
                    false);
            store.entries.put(delivery.id(), new QueueView.Entry(delivery, false));
            store.lane(one.lane());
            lanes.add(one.lane());
        }
        return lanes;
    }

    @Override
    public List<LaneLease> claim(int count) {
        lock.lock();
        try {
            Instant now = clock.instant();
            List<MemoryStore.Lane> free = store.ready().stream()
                    .filter(lane -> !lane.readyAt().isAfter(now))
                    .limit(count)
                    .map(MemoryStore.Ready::lane)
                    .toList();
            return free.stream().map(lane -> lane.take(now.plus(lease))).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Delivery> next(LaneLease held, int count, Set<Long> except) {
        lock.lock();
        try {
            Instant now = clock.instant();
            return MemoryShares.of(
                    store.entries.values().stream()
                            .filter(entry -> !entry.held())
                            .map(QueueView.Entry::delivery)
                            .filter(delivery -> delivery.lane().equals(held.lane())
                                    && !delivery.due().isAfter(now)
                                    && !except.contains(delivery.id()))
                            .sorted(Comparator.comparing(Delivery::due).thenComparingLong(Delivery::id))
                            .toList(),
                    count);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Body content(Message message) {
        return Body.of(OptionalLong.of(message.size()), () -> open(message.id()));
    }

    private InputStream open(String id) throws IOException {
        lock.lock();
        try {
            byte[] content = store.contents.get(id);
            if (content == null) {
                throw new IOException("mail " + id + " is not in the queue any more");
            }
            return new ByteArrayInputStream(content);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle(List<Settlement> settlements, List<NewMail> reports) throws IOException {
        Set<LaneName> lanes = new LinkedHashSet<>();
        lock.lock();
        try {
            List<NewMail> wanted = store.wanted(settlements, reports);
            settlements.forEach(store::settle);
            for (NewMail report : wanted) {
                lanes.addAll(put(report.message(), report.content(), report.deliveries()));
            }
        } finally {
            lock.unlock();
        }
        tell(lanes);
    }

    @Override
    public void renew() {
        lock.lock();
        try {
            Instant now = clock.instant();
            store.lanes.values().forEach(lane -> lane.renew(now, now.plus(lease)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean holds(LaneLease held) {
        lock.lock();
        try {
            return Optional.ofNullable(store.lanes.get(held.lane()))
                    .filter(lane -> lane.isHeldBy(held, clock.instant()))
                    .isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(LaneLease held, Optional<Instant> notBefore) {
        lock.lock();
        try {
            MemoryStore.Lane lane = store.lanes.get(held.lane());
            if (lane != null && lane.release(held, notBefore) && !store.hasAny(held.lane())) {
                store.lanes.remove(held.lane());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<String> pressure() {
        lock.lock();
        try {
            return store.octets < most
                    ? Optional.empty()
                    : Optional.of("the queue in memory holds " + store.octets + " octets of " + most);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public QueueView view() {
        return view;
    }

    @Override
    public Optional<Instant> nextDue() {
        lock.lock();
        try {
            return store.ready().stream().map(MemoryStore.Ready::readyAt).findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Ends: nothing of it survives. */
    @Override
    public void close() {
        listeners.clear();
    }

    private final class Writer implements MailWriter {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuffer octets) throws IOException {
            if (content.size() + (long) octets.remaining() > most) {
                throw new QueueFullException("the mail is larger than the queue");
            }
            Channels.newChannel(content).write(octets);
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public void commit(Message message, List<NewDelivery> deliveries) {
            Set<LaneName> lanes;
            lock.lock();
            try {
                lanes = put(message, content.toByteArray(), deliveries);
            } finally {
                lock.unlock();
            }
            tell(lanes);
        }

        @Override
        public void abort() {
            content.reset();
        }
    }
}
