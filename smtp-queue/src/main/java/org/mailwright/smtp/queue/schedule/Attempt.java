package org.mailwright.smtp.queue.schedule;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryResult;

/** Deliveries of one mail that are tried together. */
record Attempt(List<Delivery> deliveries) {

    Attempt {
        deliveries = List.copyOf(deliveries);
    }

    Delivery first() {
        return deliveries.getFirst();
    }

    List<Recipient> recipients() {
        return deliveries.stream().map(Delivery::recipient).toList();
    }

    /** Puts deliveries together that go in one transaction: of the same mail, with the same reverse-path. */
    static List<Attempt> of(List<Delivery> deliveries, int recipients) {
        List<Attempt> attempts = new ArrayList<>();
        List<Delivery> group = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (!group.isEmpty() && (group.size() >= recipients || !together(group.getFirst(), delivery))) {
                attempts.add(new Attempt(group));
                group.clear();
            }
            group.add(delivery);
        }
        if (!group.isEmpty()) {
            attempts.add(new Attempt(group));
        }
        return attempts;
    }

    private static boolean together(Delivery one, Delivery other) {
        return one.message().id().equals(other.message().id())
                && one.reversePath().equals(other.reversePath());
    }

    /** What became of an attempt at a mail with this content. */
    record Done(Attempt attempt, List<DeliveryResult> results, Body content) {
        Done {
            results = List.copyOf(results);
        }
    }
}
