package org.mailwright.smtp.mailbox.alias;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.LaneName;

/**
 * Says that a mail has arrived at an alias or a list, for a sender who wants to hear of it (RFC 3461 §5.2.7), or that
 * the alias leads nowhere. The mail itself goes to the members by other deliveries.
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

    private static final String REFUSED = "refused ";
    private static final String LEADS_NOWHERE = "The address leads in a circle, too far or to nobody";

    private static final Reply SENT_ON = Reply.of(250, "2.0.0", "Sent on to the members of the alias");
    private static final Reply ARRIVED = Reply.of(250, "2.0.0", "Delivered");

    /** Returns the lane of a recipient whose alias leads nowhere any more: the sender hears why. */
    static LaneName refused(Reply reply) {
        String enhanced = reply.enhanced().map(code -> " " + code).orElse("");
        return new LaneName(POOL, REFUSED + reply.code() + enhanced);
    }

    private static Reply reply(LaneName lane) {
        String[] codes = lane.destination().substring(REFUSED.length()).split(" ", -1);
        return Reply.of(Integer.parseInt(codes[0]), codes.length > 1 ? codes[1] : "5.4.6", LEADS_NOWHERE);
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) {
        if (request.lane().destination().startsWith(REFUSED)) {
            Outcome refused = new Outcome.Refused(reply(request.lane()), Moment.PREPARE);
            return DeliveryResult.all(request, DeliveryResult.local(refused));
        }
        boolean expanded = request.lane().equals(EXPANDED);
        return DeliveryResult.all(
                request,
                new DeliveryResult(
                        new Outcome.Accepted(expanded ? SENT_ON : ARRIVED),
                        expanded ? Action.EXPANDED : Action.DELIVERED,
                        Optional.empty()));
    }
}
