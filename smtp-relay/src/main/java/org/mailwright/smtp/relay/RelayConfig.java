package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What delivery to other hosts keeps to.
 *
 * @param ownNames names of this host: an MX record that bears one ends the list (RFC 5321 section 5.1), where mail goes
 *     to {@code port} or to a port at which this host listens
 * @param ownAddresses addresses and ports at which this host listens, as others see them; never connected to. A
 *     wildcard address stands for each address of this host. Another port of this host is another server
 * @param port where other hosts listen, unless the next hop names a port
 * @param hosts most mail exchangers of a domain that are looked at
 * @param addresses most addresses that are tried for a mail
 * @param privateAddresses whether the DNS may lead to loopback, link-local and private addresses
 * @param suspicion how long an address that did not answer is tried last, and one with broken TLS in clear
 * @param patience how long an address may leave a connection unanswered before the next one is tried beside it
 * @since 0.1.0
 */
public record RelayConfig(
        Set<String> ownNames,
        Set<InetSocketAddress> ownAddresses,
        int port,
        int hosts,
        int addresses,
        boolean privateAddresses,
        Duration suspicion,
        Duration patience) {

    /**
     * Port 25, 20 hosts, 40 addresses, public ones only, two minutes of suspicion, a quarter of a second of patience.
     */
    public static final RelayConfig DEFAULTS =
            new RelayConfig(Set.of(), Set.of(), 25, 20, 40, false, Duration.ofMinutes(2), Duration.ofMillis(250));

    /** Checks the values; names become lower case. */
    public RelayConfig {
        ownNames = ownNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        ownAddresses = Set.copyOf(ownAddresses);
        for (InetSocketAddress own : ownAddresses) {
            if (own.isUnresolved() || own.getPort() == 0) {
                throw new IllegalArgumentException("ownAddresses need an IP address and a port, not " + own);
            }
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
        if (hosts < 1 || addresses < 1) {
            throw new IllegalArgumentException("hosts and addresses must be at least 1");
        }
        if (suspicion.isNegative()) {
            throw new IllegalArgumentException("suspicion must not be negative: " + suspicion);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative: " + patience);
        }
    }

    /** Returns the same for a host of these names that listens there. */
    public RelayConfig withOwn(Set<String> names, Set<InetSocketAddress> listening) {
        return new RelayConfig(names, listening, port, hosts, addresses, privateAddresses, suspicion, patience);
    }

    /** Returns the same with another port. */
    public RelayConfig withPort(int other) {
        return new RelayConfig(ownNames, ownAddresses, other, hosts, addresses, privateAddresses, suspicion, patience);
    }

    /** Returns the same with private addresses allowed or not. */
    public RelayConfig withPrivateAddresses(boolean allowed) {
        return new RelayConfig(ownNames, ownAddresses, port, hosts, addresses, allowed, suspicion, patience);
    }

    /** Returns the same with another time of suspicion. */
    public RelayConfig withSuspicion(Duration time) {
        return new RelayConfig(ownNames, ownAddresses, port, hosts, addresses, privateAddresses, time, patience);
    }

    /** Returns the same with another patience. */
    public RelayConfig withPatience(Duration time) {
        return new RelayConfig(ownNames, ownAddresses, port, hosts, addresses, privateAddresses, suspicion, time);
    }
}
