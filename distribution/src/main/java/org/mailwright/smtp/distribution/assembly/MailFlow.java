package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;

/**
 * What becomes of mail once a session has taken it.
 *
 * @since 0.1.0
 */
public interface MailFlow {
    /** Returns what sessions give their mail to. */
    MessageSink sink();

    /** Returns the queue, if there is one. */
    Optional<MailQueue> queue();

    /** Tells whether mail goes to other hosts. */
    default boolean relays() {
        return queue().isPresent();
    }

    /**
     * Finds the lane of a delivery that waits already.
     *
     * @return empty where it is to stay where it is: it has no way now, or more than one, as behind a list
     * @throws IOException when it cannot be found out now
     */
    default Optional<LaneName> lane(Delivery delivery) throws IOException {
        return Optional.empty();
    }

    /** Returns what it adds to every listener. */
    List<Extension> extensions();

    /** Begins to deliver. */
    void start();

    /**
     * Takes over from the flow that it was made to follow: mail that waits goes its ways from now on.
     *
     * @param patience how long what is under way may take to finish
     */
    default void succeed(Duration patience) throws InterruptedException {}

    /**
     * Ends what only this flow had, after another has taken over from it.
     *
     * @param patience how long sessions may still need it
     */
    default void retire(Duration patience) {}

    /** Ends before it has begun; the flow that it was to follow goes on. */
    default void abandon() {}

    /**
     * Ends, after the sessions have: what is under way may finish, and what waits stays.
     *
     * @throws IOException when the queue cannot be closed
     */
    void stop(Duration patience) throws IOException, InterruptedException;
}
