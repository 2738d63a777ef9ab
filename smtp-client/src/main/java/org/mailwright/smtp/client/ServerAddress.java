package org.mailwright.smtp.client;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * A server to send mail to, and how. Connections are shared among mails to equal ones.
 *
 * @param host name, IP address or address literal: what is looked up, and what a certificate must be made out to
 * @param port TCP port
 * @param addresses tried in this order; none: the system looks the host up
 * @param settings values that extensions look for, such as a TLS level or credentials
 * @param implicitTls how TLS begins before the greeting (RFC 8314 §3), if it does
 * @since 0.1.0
 */
public record ServerAddress(
        String host, int port, List<InetAddress> addresses, Attributes settings, Optional<TlsPolicy> implicitTls) {

    /** Checks the port and copies the list. */
    public ServerAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host is empty");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
        addresses = List.copyOf(addresses);
    }

    /** Returns a server that is looked up by name, without settings, in clear at first. */
    public static ServerAddress of(String host, int port) {
        return new ServerAddress(host, port, List.of(), Attributes.EMPTY, Optional.empty());
    }

    /** Returns the same with these settings. */
    public ServerAddress withSettings(Attributes values) {
        return new ServerAddress(host, port, addresses, values, implicitTls);
    }

    /** Returns the same with TLS from the first octet on. */
    public ServerAddress withImplicitTls(TlsPolicy policy) {
        return new ServerAddress(host, port, addresses, settings, Optional.of(policy));
    }

    /** Returns the same with addresses to try in this order. */
    public ServerAddress withAddresses(List<InetAddress> known) {
        return new ServerAddress(host, port, known, settings, implicitTls);
    }

    /** Returns host and port, for the log. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
