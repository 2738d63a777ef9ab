package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.GeneralLiteral;
import org.mailwright.smtp.core.address.Ipv4Literal;
import org.mailwright.smtp.core.address.Ipv6Literal;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;

/**
 * Where this server listens, as far as its configuration says it.
 *
 * @param sockets addresses and ports; without those at any free port
 * @param addresses the addresses, those of all interfaces for a wildcard
 */
record OwnAddresses(Set<InetSocketAddress> sockets, Set<InetAddress> addresses) implements Predicate<AddressLiteral> {

    OwnAddresses {
        sockets = Set.copyOf(sockets);
        addresses = Set.copyOf(addresses);
    }

    static OwnAddresses of(ServerConfig config) throws AssemblyException {
        Set<InetSocketAddress> sockets = new HashSet<>();
        Set<InetAddress> addresses = new HashSet<>();
        for (ListenerConfig listener : config.listeners()) {
            HostPort at = listener.address();
            try {
                InetAddress address = InetAddress.getByName(at.host());
                if (at.port() > 0) {
                    sockets.add(new InetSocketAddress(address, at.port()));
                }
                if (address.isAnyLocalAddress()) {
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .forEach(addresses::add);
                } else {
                    addresses.add(address);
                }
            } catch (IOException e) {
                throw new AssemblyException("listener " + listener.name() + ": address: " + e.getMessage(), e);
            }
        }
        return new OwnAddresses(sockets, addresses);
    }

    /** Tells whether a literal names this host. */
    @Override
    public boolean test(AddressLiteral literal) {
        return switch (literal) {
            case Ipv4Literal four -> addresses.contains(four.toInetAddress());
            case Ipv6Literal six -> addresses.contains(six.toInetAddress());
            case GeneralLiteral other -> false;
        };
    }
}
