package org.mailwright.smtp.queue.memory;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.QueueView.Entry;
import org.mailwright.smtp.queue.Settlement;

/** What a {@link MemoryMailQueue} holds. For one lock. */
final class MemoryStore {

    final TreeMap<Long, Entry> entries = new TreeMap<>();
    final Map<LaneName, Lane> lanes = new HashMap<>();
    final Map<String, byte[]> contents = new HashMap<>();
    long octets;
    long lastId;
    private long lastEpoch;

    /** A lane, and when it is ready to be leased. */
    record Ready(Lane lane, Instant readyAt) {}

    /** The state of one lane. */
    final class Lane {
        private final LaneName name;
        private long epoch;
        private boolean owned;
        private boolean flushed;
        private Instant notBefore = Instant.MIN;

        Lane(LaneName name) {
            this.name = name;
        }

        LaneName name() {
            return name;
        }

        boolean owned(Instant now) {
            return owned && notBefore.isAfter(now);
        }

        Optional<Instant> resting(Instant now) {
            return !owned && notBefore.isAfter(now) ? Optional.of(notBefore) : Optional.empty();
        }

        LaneLease take(Instant until) {
            epoch = ++lastEpoch;
            owned = true;
            flushed = false;
            notBefore = until;
            return new LaneLease(name, epoch);
        }

        void renew(Instant now, Instant until) {
            if (owned(now)) {
                notBefore = until;
            }
        }

        boolean isHeldBy(LaneLease lease, Instant now) {
            return owned(now) && epoch == lease.epoch();
        }

        boolean release(LaneLease lease, Optional<Instant> rest) {
            if (!owned || epoch != lease.epoch()) {
                return false;
            }
            owned = false;
            notBefore = flushed ? Instant.MIN : rest.orElse(Instant.MIN);
            return true;
        }

        /** Ends its rest; one that is leased does not rest when it is given back. */
        void endRest() {
            if (owned) {
                flushed = true;
            } else {
                notBefore = Instant.MIN;
            }
        }
    }

    Lane lane(LaneName name) {
        return lanes.computeIfAbsent(name, Lane::new);
    }

    boolean hasAny(LaneName lane) {
        return entries.values().stream()
                .anyMatch(entry -> entry.delivery().lane().equals(lane));
    }

    /** Returns the lanes that have something to do, the first to be ready first. */
    List<Ready> ready() {
        Map<LaneName, Instant> due = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (!entry.held()) {
                due.merge(entry.delivery().lane(), entry.delivery().due(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return due.entrySet().stream()
                .map(entry -> {
                    Lane lane = lane(entry.getKey());
                    return new Ready(
                            lane, lane.notBefore.isAfter(entry.getValue()) ? lane.notBefore : entry.getValue());
                })
                .sorted(Comparator.comparing(Ready::readyAt))
                .toList();
    }

    /**
     * Returns those reports that tell of something that is about to be settled.
     *
     * @throws IOException when the id of one is taken
     */
    List<NewMail> wanted(List<Settlement> settlements, List<NewMail> reports) throws IOException {
        Set<Long> settled = settlements.stream()
                .filter(settlement -> settled(settlement).isPresent())
                .map(settlement -> settlement.delivery().id())
                .collect(Collectors.toSet());
        List<NewMail> wanted = reports.stream()
                .filter(report -> !Collections.disjoint(report.tells(), settled))
                .toList();
        for (NewMail report : wanted) {
            if (contents.containsKey(report.message().id())) {
                throw new IOException("mail " + report.message().id() + " is in the queue already");
            }
        }
        return wanted;
    }

    /** Returns what a settlement changes, unless somebody else has ended that, or has it. */
    private Optional<Entry> settled(Settlement settlement) {
        return Optional.ofNullable(entries.get(settlement.delivery().id())).filter(entry -> switch (settlement) {
            case Settlement.Delivered delivered -> true;
            case Settlement.Failed failed -> true;
            case Settlement.Deferred deferred ->
                entry.delivery().attempts() == deferred.delivery().attempts();
        });
    }

    void settle(Settlement settlement) {
        settled(settlement).ifPresent(entry -> settle(settlement, entry));
    }

    private void settle(Settlement settlement, Entry entry) {
        switch (settlement) {
            case Settlement.Delivered delivered -> remove(entry);
            case Settlement.Failed failed -> remove(entry);
            case Settlement.Deferred deferred -> {
                Delivery known = entry.delivery();
                entries.put(
                        known.id(),
                        new Entry(
                                new Delivery(
                                        known.id(),
                                        known.message(),
                                        known.lane(),
                                        known.recipient(),
                                        known.reversePath(),
                                        known.priority(),
                                        known.attempts() + 1,
                                        due(known, deferred),
                                        Optional.of(deferred.reply()),
                                        deferred.delayReported()),
                                entry.held()));
            }
        }
    }

    /** One that was asked for since it was fetched stays due. */
    private static Instant due(Delivery known, Settlement.Deferred deferred) {
        return known.due().equals(deferred.delivery().due()) ? deferred.due() : known.due();
    }

    void remove(Entry entry) {
        entries.remove(entry.delivery().id());
        String message = entry.delivery().message().id();
        boolean more = entries.values().stream()
                .anyMatch(other -> other.delivery().message().id().equals(message));
        if (!more) {
            byte[] content = contents.remove(message);
            octets -= content == null ? 0 : content.length;
        }
    }
}
