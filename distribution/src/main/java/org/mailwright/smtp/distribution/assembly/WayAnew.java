package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.alias.AliasDeliverer;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the way of mail that waits by the configuration that holds now. Its recipients are those that aliases made of
 * it when it came: one that has another address or several now keeps to his way, for he may have got the mail already
 * by the others. Mail that waits for the filter goes through it while there is one.
 *
 * @param router finds the ways of mail that has been through the filter
 * @param filtered whether there is a filter after the queue
 * @param hostname the server's own name
 */
record WayAnew(Router router, boolean filtered, String hostname) {
    private static final Logger LOG = LoggerFactory.getLogger(WayAnew.class);

    Optional<LaneName> lane(Delivery delivery) throws IOException {
        if (delivery.lane().pool().equals(AliasDeliverer.POOL)) { // only tells the sender
            return Optional.of(delivery.lane());
        }
        if (filtered && delivery.lane().pool().equals(FilterReturn.POOL)) {
            return Optional.of(delivery.lane());
        }
        try {
            List<Router.Route> routes = router.route(envelope(delivery), delivery.recipient());
            return Optional.of(routes)
                    .filter(found -> found.size() == 1)
                    .map(List::getFirst)
                    .filter(route ->
                            route.recipient().path().equals(delivery.recipient().path()))
                    .map(Router.Route::lane);
        } catch (SmtpException e) {
            LOG.warn(
                    "mail {} to {} stays in {}: {}",
                    delivery.message().id(),
                    delivery.recipient().path().path(),
                    delivery.lane(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Who sent it is not kept with a mail, and no way depends on it but that to the filter, which was seen to. */
    private Envelope envelope(Delivery delivery) {
        Message message = delivery.message();
        return new Envelope(
                message.id(),
                message.reversePath(),
                List.of(delivery.recipient()),
                message.attributes(),
                new Origin(
                        message.provenance().session(),
                        message.provenance().listener(),
                        Role.SUBMISSION,
                        hostname,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new Hello(hostname, true),
                        Optional.empty(),
                        Optional.empty()));
    }
}
