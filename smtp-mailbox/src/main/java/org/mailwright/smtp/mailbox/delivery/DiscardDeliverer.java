package org.mailwright.smtp.mailbox.delivery;

import java.util.List;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * Says that it has delivered every mail, and throws it away: for tests and measurements.
 *
 * @since 0.1.0
 */
public final class DiscardDeliverer implements Deliverer {
    private static final DeliveryResult DISCARDED =
            DeliveryResult.local(new Outcome.Accepted(Reply.of(250, "2.0.0", "Thrown away")));

    /** A deliverer. */
    public DiscardDeliverer() {}

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) {
        return DeliveryResult.all(request, DISCARDED);
    }
}
