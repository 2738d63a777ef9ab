package org.mailwright.smtp.queue.schedule;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.queue.Delivery;

/** What a lane runner has taken from its lane: what is to be begun, and what is not settled. For one lock. */
final class Load {

    private final ArrayDeque<Attempt> ready = new ArrayDeque<>();
    private final Set<Long> unsettled = new HashSet<>();

    void add(List<Delivery> deliveries, int recipients) {
        deliveries.forEach(delivery -> unsettled.add(delivery.id()));
        ready.addAll(Attempt.of(deliveries, recipients));
    }

    /** Adds what needs no attempt. */
    void addTried(Attempt attempt) {
        attempt.deliveries().forEach(delivery -> unsettled.add(delivery.id()));
    }

    int ready() {
        return ready.size();
    }

    /** Returns what is to be begun next; there must be one. */
    Attempt first() {
        return ready.element();
    }

    /** Takes that one off. */
    Attempt begin() {
        return ready.remove();
    }

    Set<Long> ids() {
        return Set.copyOf(unsettled);
    }

    boolean isSettled() {
        return unsettled.isEmpty();
    }

    void forget(Attempt attempt) {
        attempt.deliveries().forEach(delivery -> unsettled.remove(delivery.id()));
    }

    /** Leaves to the lane what is not begun. */
    void giveBack() {
        ready.forEach(this::forget);
        ready.clear();
    }
}
