package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this host listens. A wildcard address stands for each address that the host has. */
final class OwnAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);

    /** Reading the interfaces costs some ten microseconds, and they change seldom. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Set<InetSocketAddress> listening;
    private final Set<Integer> everywhere;
    private final Set<Integer> ports;
    private final Supplier<Set<InetAddress>> interfaces;
    private final InstantSource clock;
    private volatile Known known = new Known(Set.of(), Instant.MIN);

    private record Known(Set<InetAddress> addresses, Instant until) {}

    OwnAddresses(Set<InetSocketAddress> listening, Supplier<Set<InetAddress>> interfaces, InstantSource clock) {
        this.listening = listening;
        this.everywhere = listening.stream()
                .filter(one -> one.getAddress().isAnyLocalAddress())
                .map(InetSocketAddress::getPort)
                .collect(Collectors.toUnmodifiableSet());
        this.ports = listening.stream().map(InetSocketAddress::getPort).collect(Collectors.toUnmodifiableSet());
        this.interfaces = interfaces;
        this.clock = clock;
    }

    /** Returns those of a configuration, on this host. */
    static OwnAddresses of(RelayConfig config) {
        return new OwnAddresses(config.ownAddresses(), OwnAddresses::ofInterfaces, InstantSource.system());
    }

    private static Set<InetAddress> ofInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            LOG.warn("The addresses of this host cannot be read", e);
            return Set.of();
        }
    }

    /** Tells whether a connection there would come back to us. */
    boolean contains(InetAddress address, int port) {
        return listening.contains(new InetSocketAddress(address, port))
                || (everywhere.contains(port) && (address.isLoopbackAddress() || ofThisHost(address)));
    }

    /** Tells whether there is a listener at a port, at whatever address. */
    boolean hasPort(int port) {
        return ports.contains(port);
    }

    private boolean ofThisHost(InetAddress address) {
        Known now = known;
        Instant instant = clock.instant();
        if (!instant.isBefore(now.until)) {
            now = new Known(interfaces.get(), instant.plus(FRESH));
            known = now;
        }
        return now.addresses.contains(address);
    }
}
