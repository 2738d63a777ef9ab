package org.mailwright.smtp.transport.mina;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * Where and how to listen.
 *
 * @param address IPv4 or IPv6 address and port; port 0 takes a free one; must be resolved
 * @param backlog connections that may wait to be accepted, at least 1
 * @param tls TLS from the first octet (RFC 8314); empty for none, or STARTTLS
 * @param admission who is let in
 * @since 0.1.0
 */
public record ListenerConfig(InetSocketAddress address, int backlog, Optional<TlsPolicy> tls, Admission admission) {
    private static final int BACKLOG = 1024;

    /** Checks every value. */
    public ListenerConfig {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address is not a known host: " + address.getHostString());
        }
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be at least 1, not " + backlog);
        }
    }

    /** Returns a plain listener with a backlog of 1024 that lets everyone in. */
    public static ListenerConfig at(InetSocketAddress address) {
        return new ListenerConfig(address, BACKLOG, Optional.empty(), Admission.all());
    }

    /** Returns the same with TLS from the first octet. */
    public ListenerConfig withTls(TlsPolicy policy) {
        return new ListenerConfig(address, backlog, Optional.of(policy), admission);
    }

    /** Returns the same with another admission. */
    public ListenerConfig withAdmission(Admission other) {
        return new ListenerConfig(address, backlog, tls, other);
    }
}
