package org.mailwright.smtp.queue.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LaneSummary;
import org.mailwright.smtp.queue.QueueView;

/** The operator's view of a {@link MemoryMailQueue}. */
record MemoryQueueView(ReentrantLock lock, MemoryStore store, InstantSource clock, Consumer<Set<LaneName>> ready)
        implements QueueView {

    @Override
    public List<Entry> list(Selection selection, long after, int most) {
        lock.lock();
        try {
            return chosen(selection).stream()
                    .filter(entry -> entry.delivery().id() > after)
                    .limit(most)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> chosen(Selection selection) {
        return store.entries.values().stream()
                .filter(entry -> fits(selection, entry.delivery()))
                .toList();
    }

    private static boolean fits(Selection selection, Delivery delivery) {
        return selection.message().map(id -> id.equals(delivery.message().id())).orElse(true)
                && selection.lane().map(lane -> lane.equals(delivery.lane())).orElse(true)
                && selection
                        .sender()
                        .map(sender -> sender.equalsIgnoreCase(
                                bare(delivery.message().reversePath().path())))
                        .orElse(true)
                && selection
                        .recipient()
                        .map(recipient -> recipient.equalsIgnoreCase(path(delivery)))
                        .orElse(true);
    }

    private static String path(Delivery delivery) {
        ForwardPath path = delivery.recipient().path();
        return bare(path.path());
    }

    private static String bare(String path) {
        return path.substring(1, path.length() - 1);
    }

    private long change(Selection selection, UnaryOperator<Entry> change) {
        return change(selection, new LinkedHashSet<>(), change);
    }

    private long change(Selection selection, Set<LaneName> lanes, UnaryOperator<Entry> change) {
        long changed = 0;
        lock.lock();
        try {
            for (Entry entry : chosen(selection)) {
                Entry next = change.apply(entry);
                if (!next.equals(entry)) {
                    store.entries.put(next.delivery().id(), next);
                    lanes.add(next.delivery().lane());
                    changed++;
                }
            }
        } finally {
            lock.unlock();
        }
        if (!lanes.isEmpty()) {
            ready.accept(lanes);
        }
        return changed;
    }

    @Override
    public long hold(Selection selection) {
        return change(selection, entry -> new Entry(entry.delivery(), true));
    }

    @Override
    public long release(Selection selection) {
        Instant now = clock.instant();
        return change(selection, entry -> entry.held() ? new Entry(awake(entry.delivery(), now), false) : entry);
    }

    @Override
    public long flush(Selection selection) {
        return wake(selection, delivery -> true);
    }

    @Override
    public long retry(Selection selection) {
        return wake(selection, delivery -> delivery.attempts() > 0);
    }

    private long wake(Selection selection, Predicate<Delivery> wanted) {
        Instant now = clock.instant();
        Set<LaneName> lanes = new LinkedHashSet<>();
        return change(selection, lanes, entry -> {
            Delivery delivery = entry.delivery();
            store.lane(delivery.lane()).endRest();
            lanes.add(delivery.lane());
            if (entry.held()) {
                return entry;
            }
            if (!delivery.due().isAfter(now)) {
                // not counted, for it was due before
                store.entries.put(delivery.id(), new Entry(awake(delivery, now), false));
                return entry;
            }
            return wanted.test(delivery) ? new Entry(awake(delivery, now), false) : entry;
        });
    }

    /** Makes it due, at another time than before in any case: by that its deferral sees that it is asked for. */
    private static Delivery awake(Delivery delivery, Instant now) {
        Instant due = delivery.due().isAfter(now) ? now : delivery.due().minusMillis(1);
        return in(delivery.lane(), due, delivery);
    }

    @Override
    public long move(Map<Long, LaneName> moved) {
        Instant now = clock.instant();
        Set<LaneName> lanes = new LinkedHashSet<>();
        long changed = 0;
        lock.lock();
        try {
            for (Map.Entry<Long, LaneName> each : moved.entrySet()) {
                Optional<Entry> entry = Optional.ofNullable(store.entries.get(each.getKey()))
                        .filter(known -> !store.lane(known.delivery().lane()).owned(now));
                if (entry.isPresent()) {
                    Delivery before = entry.get().delivery();
                    Delivery next = in(each.getValue(), before.attempts() > 0 ? now : before.due(), before);
                    store.entries.put(next.id(), new Entry(next, entry.get().held()));
                    store.lane(next.lane()).endRest();
                    lanes.add(next.lane());
                    changed++;
                }
            }
        } finally {
            lock.unlock();
        }
        ready.accept(lanes);
        return changed;
    }

    private static Delivery in(LaneName lane, Instant due, Delivery delivery) {
        return new Delivery(
                delivery.id(),
                delivery.message(),
                lane,
                delivery.recipient(),
                delivery.reversePath(),
                delivery.priority(),
                delivery.attempts(),
                due,
                delivery.last(),
                delivery.delayReported());
    }

    @Override
    public long held(Selection selection) {
        lock.lock();
        try {
            return chosen(selection).stream().filter(Entry::held).count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Long> delete(Selection selection) {
        lock.lock();
        try {
            List<Entry> gone = chosen(selection);
            gone.forEach(store::remove);
            return gone.stream()
                    .collect(Collectors.groupingBy(
                            entry -> entry.delivery().message().id(), LinkedHashMap::new, Collectors.counting()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<LaneSummary> summary() {
        lock.lock();
        try {
            Map<LaneName, List<Entry>> byLane = new LinkedHashMap<>();
            store.entries
                    .values()
                    .forEach(entry -> byLane.computeIfAbsent(entry.delivery().lane(), lane -> new ArrayList<>())
                            .add(entry));
            return byLane.entrySet().stream()
                    .map(lane -> summary(lane.getKey(), lane.getValue()))
                    .sorted(Comparator.comparingLong(LaneSummary::deliveries).reversed())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private LaneSummary summary(LaneName name, List<Entry> entries) {
        Instant now = clock.instant();
        MemoryStore.Lane lane = store.lane(name);
        List<Instant> accepted = entries.stream()
                .map(entry -> entry.delivery().message().accepted())
                .toList();
        return new LaneSummary(
                name,
                entries.size(),
                entries.stream().filter(Entry::held).count(),
                entries.stream()
                        .filter(entry -> entry.delivery().attempts() > 0)
                        .count(),
                accepted.stream().min(Comparator.naturalOrder()).orElse(now),
                ages(accepted, now),
                lane.owned(now),
                lane.resting(now));
    }

    private static List<Long> ages(List<Instant> accepted, Instant now) {
        List<Long> counts = new ArrayList<>();
        Optional<Duration> from = Optional.empty();
        for (Duration bound : LaneSummary.AGES) {
            counts.add(count(accepted, now, from.orElse(Duration.ofSeconds(Long.MIN_VALUE / 4)), bound));
            from = Optional.of(bound);
        }
        counts.add(count(accepted, now, from.orElse(Duration.ZERO), Duration.ofSeconds(Long.MAX_VALUE / 4)));
        return counts;
    }

    private static long count(List<Instant> accepted, Instant now, Duration from, Duration to) {
        return accepted.stream()
                .map(then -> Duration.between(then, now))
                .filter(age -> age.compareTo(from) >= 0 && age.compareTo(to) < 0)
                .count();
    }
}
