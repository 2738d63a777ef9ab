package org.mailwright.smtp.relay;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * Delivers everything to one host, which sends it on. That the host does not let us in is a transient failure.
 *
 * @since 0.1.0
 */
public final class SmarthostDeliverer implements Deliverer {

    private final RelayClient client;
    private final MxResolver resolver;
    private final NextHop hop;
    private final RelayClient.Manner manner;

    /**
     * Makes one.
     *
     * @param client left open when this is closed
     * @param resolver should allow private addresses where the smarthost has one
     * @param hop a domain has its MX looked up, a host in brackets has not
     * @param settings values that extensions look for, such as credentials
     * @param implicitTls how TLS begins before the greeting, if it does
     */
    public SmarthostDeliverer(
            RelayClient client,
            MxResolver resolver,
            NextHop hop,
            TlsLevel level,
            Attributes settings,
            Optional<TlsPolicy> implicitTls) {
        this.client = client;
        this.resolver = resolver;
        this.hop = hop;
        this.manner = new RelayClient.Manner(level, settings, implicitTls, true, false);
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        return client.send(resolver.way(hop), MxDeliverer.mail(request), manner, request.stillOurs());
    }
}
