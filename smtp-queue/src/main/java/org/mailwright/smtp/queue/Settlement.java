package org.mailwright.smtp.queue;

import java.time.Instant;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What becomes of a delivery after an attempt.
 *
 * @since 0.1.0
 */
public sealed interface Settlement {

    /** Returns what was attempted. */
    Delivery delivery();

    /** Returns what was said. */
    Reply reply();

    /** It is delivered: gone from the queue, whoever owns its lane by now, for what is delivered is delivered. */
    record Delivered(Delivery delivery, Reply reply) implements Settlement {}

    /** It is given up: gone from the queue. */
    record Failed(Delivery delivery, Reply reply) implements Settlement {}

    /**
     * It is tried again. Nothing happens when the number of attempts in the queue is no longer that of the delivery:
     * another owner of the lane has tried it meanwhile. When the time at which it is due in the queue is no longer that
     * of the delivery, that time stays: somebody has asked for it since it was taken out of the queue, and the attempt
     * that ends here may have begun before.
     *
     * @param due when, not before
     * @param delayReported whether the sender has been told by now that it is late
     */
    record Deferred(Delivery delivery, Reply reply, Instant due, boolean delayReported) implements Settlement {}
}
