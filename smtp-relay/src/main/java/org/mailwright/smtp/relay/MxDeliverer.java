package org.mailwright.smtp.relay;

import java.util.List;
import java.util.function.Function;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * Delivers to the mail exchangers of a domain. The destination of a lane is a {@link NextHop} in text form.
 *
 * @since 0.1.0
 */
public final class MxDeliverer implements Deliverer {

    static final Reply NO_HOP = Reply.of(550, "5.1.2", "The destination is neither a domain nor a host");

    private final RelayClient client;
    private final MxResolver resolver;
    private final RelayConfig config;
    private final Function<String, TlsLevel> levels;

    /**
     * Makes one.
     *
     * @param client left open when this is closed
     * @param levels the level of TLS for a domain or host, in lower case
     */
    public MxDeliverer(RelayClient client, MxResolver resolver, RelayConfig config, Function<String, TlsLevel> levels) {
        this.client = client;
        this.resolver = resolver;
        this.config = config;
        this.levels = levels;
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        NextHop hop;
        try {
            hop = NextHop.parse(request.lane().destination(), config.port());
        } catch (IllegalArgumentException e) {
            return DeliveryResult.all(request, DeliveryResult.local(new Outcome.Refused(NO_HOP, Moment.CONNECT)));
        }
        return client.send(
                resolver.way(hop), mail(request), RelayClient.Manner.of(levels.apply(hop.host())), request.stillOurs());
    }

    static OutgoingMail mail(DeliveryRequest request) {
        return new OutgoingMail(
                request.reversePath(), request.recipients(), request.message().attributes(), request.content());
    }
}
