package org.mailwright.smtp.distribution.assembly;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.Network;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.server.gate.StandingGate;

/** Whom a configuration trusts by address, and the way of what was queued for a filter. */
final class FilterReturn {
    /** The pool of mail for a filter. */
    static final String POOL = "filter";

    private static final Reply NOT_HERE = Reply.of(554, "5.7.1", "Mail is taken elsewhere");
    private static final Reply NO_FILTER = Reply.of(451, "4.3.5", "The content filter is not configured any more");

    private FilterReturn() {}

    /** Tells whether a client may send mail to anywhere although it has not logged in. */
    static Predicate<SessionView> trusted(ServerConfig config) {
        Map<String, List<Network>> trusted = config.listeners().stream()
                .filter(listener -> !listener.trusted().isEmpty())
                .collect(Collectors.toUnmodifiableMap(ListenerConfig::name, ListenerConfig::trusted));
        return session -> isWithin(trusted.getOrDefault(session.listener(), List.of()), session.remoteAddress());
    }

    /** Sends everybody else away from where filtered mail comes back: it would pass by the filter. */
    static Optional<Extension> gate(ServerConfig config) {
        Map<String, List<Network>> closed = config.listeners().stream()
                .filter(listener -> !listener.filtered())
                .collect(Collectors.toUnmodifiableMap(ListenerConfig::name, ListenerConfig::trusted));
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(new StandingGate<>("FILTER-RETURN", Stage.CONNECT, 0, (Gate<SocketAddress> & NonBlocking)
                        (session, client) -> {
                            List<Network> networks = closed.get(session.listener());
                            return networks == null || isWithin(networks, client)
                                    ? Verdict.pass()
                                    : Verdict.refuse(NOT_HERE);
                        }));
    }

    private static boolean isWithin(List<Network> networks, SocketAddress client) {
        InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return address != null && networks.stream().anyMatch(network -> network.contains(address));
    }

    /** What still waits for a filter that is gone has to wait until there is one again. */
    static Pool withoutFilter() {
        return Pool.of(
                POOL,
                request -> request.recipients().stream()
                        .map(one -> DeliveryResult.local(new Outcome.Failed(NO_FILTER, Moment.CONNECT)))
                        .toList(),
                LanePolicy.DEFAULT);
    }
}
