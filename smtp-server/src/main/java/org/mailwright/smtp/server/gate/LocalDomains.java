package org.mailwright.smtp.server.gate;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.NonBlocking;

/**
 * The domains for which a server takes mail from anyone.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LocalDomains {

    /** Tells whether mail for a host is delivered here. May block, unless it is {@link NonBlocking}. */
    boolean contains(Host host, SessionView session);

    /**
     * Returns exactly these domains, and the address literal at which a client has reached the server (RFC 1123
     * §5.2.17).
     */
    static LocalDomains of(String... domains) {
        return of(Stream.of(domains).map(Domain::parse).collect(Collectors.toSet()));
    }

    /** Returns exactly these domains, and the address literal at which a client has reached the server. */
    static LocalDomains of(Set<Domain> domains) {
        Set<Domain> known = Set.copyOf(domains);
        return (LocalDomains & NonBlocking) (host, session) -> switch (host) {
            case Domain domain -> known.contains(domain);
            case AddressLiteral literal -> isOwn(literal, session);
        };
    }

    /** Returns every domain there is: a sink for tests. */
    static LocalDomains any() {
        return (LocalDomains & NonBlocking) (host, session) -> true;
    }

    private static boolean isOwn(AddressLiteral literal, SessionView session) {
        return session.localAddress() instanceof InetSocketAddress own
                && literal.equals(AddressLiteral.of(own.getAddress()));
    }
}
