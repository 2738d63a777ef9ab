package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;

/**
 * How to reach a next hop: hosts to try in order, or why there are none.
 *
 * @since 0.1.0
 */
public sealed interface MxPlan {

    /** Hosts to try in this order, at least one. */
    record Hosts(List<Host> hosts) implements MxPlan {
        /** Copies the list. */
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** Nothing to try: a 5xx is final, a 4xx is not. */
    record Nowhere(Reply reply) implements MxPlan {}

    /** One host: its name, which a certificate must bear, its addresses in the order to try, and the port. */
    record Host(String name, List<InetAddress> addresses, int port) {
        /** Copies the list. */
        public Host {
            addresses = List.copyOf(addresses);
        }
    }
}
