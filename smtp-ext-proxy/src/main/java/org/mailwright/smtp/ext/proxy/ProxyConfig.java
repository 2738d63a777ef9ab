package org.mailwright.smtp.ext.proxy;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Who is trusted to speak for others.
 *
 * @param trusted networks of the hosts that are; none: nobody is
 * @param timeout how long the header of the PROXY protocol may take to come
 * @since 0.1.0
 */
public record ProxyConfig(List<Network> trusted, Duration timeout) {

    /** Trusts nobody. */
    public static final ProxyConfig DEFAULT = new ProxyConfig(List.of(), Duration.ofSeconds(10));

    /** Checks the time and copies the list. */
    public ProxyConfig {
        trusted = List.copyOf(trusted);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: expected more than 0, found " + timeout);
        }
    }

    /** Returns one that trusts these networks, such as "10.0.0.0/8". */
    public static ProxyConfig trusting(String... networks) {
        return new ProxyConfig(List.of(networks).stream().map(Network::parse).toList(), DEFAULT.timeout());
    }

    boolean trusts(SocketAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
