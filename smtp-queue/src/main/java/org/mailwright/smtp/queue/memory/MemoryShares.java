package org.mailwright.smtp.queue.memory;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.Priority;

/** Who comes next when mail of several priorities waits in one lane: 70, 25 and 5 of a hundred. */
final class MemoryShares {

    private MemoryShares() {}

    static List<Delivery> of(List<Delivery> waiting, int most) {
        List<Delivery> chosen = new ArrayList<>();
        List<Delivery> rest = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            List<Delivery> some = waiting.stream()
                    .filter(delivery -> delivery.priority() == priority)
                    .toList();
            int share = Math.min(some.size(), Math.max(1, most * percent(priority) / 100));
            chosen.addAll(some.subList(0, share));
            rest.addAll(some.subList(share, some.size()));
        }
        for (int i = 0; chosen.size() < most && i < rest.size(); i++) {
            chosen.add(rest.get(i));
        }
        return List.copyOf(chosen.subList(0, Math.min(most, chosen.size())));
    }

    private static int percent(Priority priority) {
        return switch (priority) {
            case URGENT -> 70;
            case NORMAL -> 25;
            case BULK -> 5;
        };
    }
}
