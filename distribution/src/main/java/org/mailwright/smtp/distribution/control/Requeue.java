package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.QueueView.Entry;
import org.mailwright.smtp.queue.QueueView.Selection;

/** Finds the way of deliveries anew, page by page. */
final class Requeue {
    private final ControlledQueue queue;
    private long left;

    Requeue(ControlledQueue queue) {
        this.queue = queue;
    }

    /** Sends what is selected on its way anew; returns how many deliveries. */
    long apply(Selection selection) throws IOException {
        long count = 0;
        long after = 0;
        DeliveryPages.Rest rest = DeliveryPages.Rest.PAGE;
        while (rest == DeliveryPages.Rest.PAGE) {
            DeliveryPages.Page page = queue.pages().next(selection, after, Long.MAX_VALUE);
            Map<Long, LaneName> lanes = new HashMap<>();
            for (Entry entry : page.entries()) {
                after = entry.delivery().id();
                Optional<LaneName> lane = queue.ways().lane(entry.delivery());
                if (lane.isPresent()) {
                    lanes.put(after, lane.get());
                }
            }
            long moved = queue.view().move(lanes);
            count += moved;
            left += page.entries().size() - moved;
            rest = page.rest();
        }
        return count;
    }

    /** How many stay as they are: those that are under way, or have more than one way, or none. */
    long left() {
        return left;
    }
}
