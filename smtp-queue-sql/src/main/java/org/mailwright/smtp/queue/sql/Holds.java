package org.mailwright.smtp.queue.sql;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;

/** What this node has leased, and until when it may rely on that without asking anybody. */
final class Holds {

    /** A point of time by both clocks: one may be set back, the other stands still while the machine sleeps. */
    record Moment(long millis, long nanos) {}

    private record Held(long epoch, Moment until) {}

    private final InstantSource clock;
    private final Duration sure;
    private final Map<LaneName, Held> held = new ConcurrentHashMap<>();

    Holds(InstantSource clock, Duration lease) {
        this.clock = clock;
        // a third of the lease is for clocks that differ and for what takes its time
        this.sure = lease.multipliedBy(2).dividedBy(3);
    }

    /** To be asked before the lease is asked for: it lasts from then on. */
    Moment moment() {
        return new Moment(clock.millis(), System.nanoTime());
    }

    /** Notes what has been claimed or renewed, once that is on the medium. */
    void hold(List<LaneLease> leases, Moment since) {
        Moment until = until(since);
        leases.forEach(each -> held.put(each.lane(), new Held(each.epoch(), until)));
    }

    private Moment until(Moment since) {
        return new Moment(since.millis() + sure.toMillis(), since.nanos() + sure.toNanos());
    }

    /** Notes what became of a renewal: what was not renewed is lost. */
    void renewed(List<LaneLease> wanted, List<LaneLease> renewed, Moment since) {
        Moment until = until(since);
        Set<LaneLease> kept = Set.copyOf(renewed);
        for (LaneLease each : wanted) {
            if (kept.contains(each)) {
                // unless it was given back meanwhile
                held.computeIfPresent(
                        each.lane(),
                        (lane, known) -> known.epoch() == each.epoch() ? new Held(each.epoch(), until) : known);
            } else {
                forget(each);
            }
        }
    }

    boolean holds(LaneLease wanted) {
        Held known = held.get(wanted.lane());
        return known != null
                && known.epoch() == wanted.epoch()
                && known.until().millis() > clock.millis()
                && known.until().nanos() - System.nanoTime() > 0;
    }

    void forget(LaneLease ended) {
        held.computeIfPresent(ended.lane(), (lane, known) -> known.epoch() == ended.epoch() ? null : known);
    }

    /** Forgets everything. */
    void clear() {
        held.clear();
    }

    /** What is held or has been, and was not given back. */
    Collection<LaneLease> all() {
        Map<LaneName, LaneLease> all = new HashMap<>();
        held.forEach((lane, known) -> all.put(lane, new LaneLease(lane, known.epoch())));
        return all.values();
    }
}
