package org.mailwright.smtp.distribution.assembly;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;

/** Delivers, but not what its sender wants back because its time is over: BY with R (RFC 2852 section 4.1.3). */
record InTime(Deliverer deliverer, InstantSource clock) implements Deliverer {

    private static final DeliveryResult OVER =
            DeliveryResult.local(new Outcome.Refused(Reply.of(554, "5.4.7", "Delivery time expired"), Moment.PREPARE));

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        Optional<DeliverBy> by = request.message().attributes().get(DeliverByExtension.BY);
        boolean over = by.filter(known -> known.mode() == DeliverBy.Mode.RETURN
                        && !known.left(clock.instant()).isPositive())
                .isPresent();
        return over ? DeliveryResult.all(request, OVER) : deliverer.deliver(request);
    }

    @Override
    public boolean waits(LaneName lane) {
        return deliverer.waits(lane);
    }

    @Override
    public void close() {
        deliverer.close();
    }
}
