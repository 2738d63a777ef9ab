package org.mailwright.smtp.mailbox.alias;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.LaneName;

/**
 * Says that a mail has arrived at an alias or a list, for a sender who wants to hear of it (RFC 3461 §5.2.7). The mail
 * itself goes to the members by other deliveries.
 *
 * @since 0.1.0
 */
public final class AliasDeliverer implements Deliverer {

    /** The name of its pool. */
    public static final String POOL = "alias";

    /** An alias that led to several: they may still fail, and the sender hears of that too. */
    static final LaneName EXPANDED = new LaneName(POOL, "expanded");

    /** A list with an owner, or an alias that throws mail away: the sender hears of nothing else. */
    static final LaneName DELIVERED = new LaneName(POOL, "delivered");

    private static final Reply SENT_ON = Reply.of(250, "2.0.0", "Sent on to the members of the alias");
    private static final Reply ARRIVED = Reply.of(250, "2.0.0", "Delivered");

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) {
        boolean expanded = request.lane().equals(EXPANDED);
        return DeliveryResult.all(
                request,
                new DeliveryResult(
                        new Outcome.Accepted(expanded ? SENT_ON : ARRIVED),
                        expanded ? Action.EXPANDED : Action.DELIVERED,
                        Optional.empty()));
    }
}
