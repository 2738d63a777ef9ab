package org.mailwright.smtp.distribution.turn;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.QueueView.Entry;
import org.mailwright.smtp.queue.QueueView.Selection;

/** What waits in one lane. */
record WaitingLane(QueueView view, LaneName name, InstantSource clock) {

    private static final int PAGE = 200;

    /** Tells whether something waits that may go out now: neither held, nor to be released later. */
    boolean isEmpty() throws IOException {
        Instant now = clock.instant();
        return find(entry -> mayGo(entry.delivery(), now)).isEmpty();
    }

    /** Returns something that is due. */
    Optional<Delivery> due() throws IOException {
        Instant now = clock.instant();
        return find(entry -> !entry.delivery().due().isAfter(now)).map(Entry::delivery);
    }

    /** Makes due what may go out now. What its sender wants to be released later stays. */
    void flush() throws IOException {
        view.retry(Selection.lane(name));
    }

    /** Makes one mail due, and ends the rest of the lane. */
    void flush(String mail) throws IOException {
        view.flush(new Selection(Optional.of(mail), Optional.of(name), Optional.empty(), Optional.empty()));
    }

    private static boolean mayGo(Delivery delivery, Instant now) {
        return delivery.attempts() > 0 || !delivery.due().isAfter(now);
    }

    private Optional<Entry> find(Predicate<Entry> wanted) throws IOException {
        long after = 0;
        while (true) {
            List<Entry> page = view.list(Selection.lane(name), after, PAGE);
            Optional<Entry> found =
                    page.stream().filter(entry -> !entry.held()).filter(wanted).findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
            after = page.getLast().delivery().id();
        }
    }
}
