package org.mailwright.smtp.distribution.turn;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;

/**
 * The hosts that are there to take their mail. Delivers what waits for them; for a host that is not there it fails at
 * once, as for one that does not answer, so that its lane rests.
 *
 * @since 0.1.0
 */
public final class Handovers implements Deliverer {

    static final DeliveryResult NOBODY = DeliveryResult.local(
            new Outcome.Failed(Reply.of(450, "4.4.1", "Waits here until its host fetches it"), Moment.CONNECT));

    private final ConcurrentHashMap<LaneName, Handover> hosts = new ConcurrentHashMap<>();

    /** No host is there yet. */
    public Handovers() {}

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        Optional<Handover> host = Optional.ofNullable(hosts.get(request.lane()));
        return host.isPresent() ? host.get().deliver(request) : DeliveryResult.all(request, NOBODY);
    }

    /** Tells whether a host is there for a lane. */
    public boolean isThere(LaneName lane) {
        return hosts.containsKey(lane);
    }

    /** A host is there; of two for one lane the later one gets what is not under way. */
    void begin(Handover host) {
        host.lanes().forEach(lane -> hosts.put(lane.name(), host));
    }

    void end(Handover host) {
        host.lanes().forEach(lane -> hosts.remove(lane.name(), host));
    }
}
