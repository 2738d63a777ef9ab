package org.mailwright.smtp.queue;

import java.util.List;

/**
 * Hands mail on: to a remote host, a mailbox, a program. It blocks for as long as that takes, on a virtual thread, and
 * many requests run at the same time. Failures are results: what it throws besides is a bug, and counts as a transient
 * failure.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Deliverer extends AutoCloseable {

    /**
     * Tries once to hand on a mail.
     *
     * @return one result per recipient, in the order of the request
     * @throws InterruptedException when the server stops: nothing is known to be delivered
     */
    List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException;

    /**
     * Tells whether the mail of a lane waits now until somebody asks for it: that nobody is spoken to is in order then.
     */
    default boolean waits(LaneName lane) {
        return false;
    }

    /** Ends connections and frees what it holds. */
    @Override
    default void close() {}
}
