package org.mailwright.smtp.queue.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailwright.smtp.queue.Priority;

/** Who comes next when urgent, normal and bulk mail waits in one lane: 70, 25 and 5 of a hundred. */
final class Shares {

    private Shares() {}

    static List<Long> of(Map<Priority, List<Long>> waiting, int most) {
        List<Long> chosen = new ArrayList<>();
        List<Long> rest = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            List<Long> ids = waiting.getOrDefault(priority, List.of());
            int share = Math.min(ids.size(), Math.max(1, most * percent(priority) / 100));
            chosen.addAll(ids.subList(0, share));
            rest.addAll(ids.subList(share, ids.size()));
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
