package org.mailwright.smtp.distribution.assembly;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.config.TurnConfig;
import org.mailwright.smtp.distribution.turn.Calls;
import org.mailwright.smtp.distribution.turn.Handovers;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;

/** Mail that waits until its host fetches it or asks for it: how it waits, and how it goes. */
final class TurnParts {

    /** The pool of what waits; the destination is a domain. */
    static final String WAITING = "turn";
    /** A connection is kept busy by a few; the first finds out whether there is one. */
    private static final LanePolicy ONE_CONNECTION = new LanePolicy(4, 1, 0, 100);

    private final Set<String> kept = new HashSet<>();
    private final Set<String> warned = new HashSet<>();
    private final RelayParts relay;
    private final Handovers handovers;
    private final Calls calls;
    private final List<Extension> extensions;

    private TurnParts(
            ServerConfig config,
            Installed installed,
            MailQueue queue,
            RelayParts relay,
            List<Extension> clients,
            Handovers handovers)
            throws AssemblyException {
        this.relay = relay;
        this.handovers = handovers;
        Map<String, Deliverer> hosts = new HashMap<>();
        for (TurnConfig turn : config.turns()) {
            for (String written : turn.domains()) {
                String domain = Domain.parse(written).canonical();
                kept.add(domain);
                turn.host().ifPresent(host -> hosts.put(domain, relay.hop(host)));
                if (turn.delayWarning()) {
                    warned.add(domain);
                }
            }
        }
        this.calls = new Calls(hosts, InstantSource.system());
        if (installed.has(Bundled.ETRN)) {
            this.extensions = TurnExtensions.of(config, queue.view(), handovers, calls, relay.routes(), clients);
        } else if (config.turns().isEmpty()) {
            this.extensions = List.of();
        } else {
            throw new AssemblyException("turn: needs the extensions ETRN, ATRN and TURN, which are not installed");
        }
    }

    /** Of a server with a queue. Hosts that are fetching mail go on when it follows another. */
    static TurnParts open(
            ServerConfig config,
            Installed installed,
            MailQueue queue,
            RelayParts relay,
            List<Extension> clients,
            Optional<TurnParts> before)
            throws AssemblyException {
        Handovers handovers = before.map(known -> known.handovers).orElseGet(Handovers::new);
        return new TurnParts(config, installed, queue, relay, clients, handovers);
    }

    /** The extensions of a server where no mail waits. */
    static List<Extension> idle(ServerConfig config, Installed installed) throws AssemblyException {
        return installed.has(Bundled.ETRN) ? TurnExtensions.idle(config) : List.of();
    }

    List<Extension> extensions() {
        return extensions;
    }

    /** The lane of a domain, in A-labels, whose mail waits. */
    Optional<LaneName> lane(String domain) {
        return kept.contains(domain) ? Optional.of(new LaneName(WAITING, domain)) : Optional.empty();
    }

    Pool pool() {
        return new Pool(WAITING, new Waiting(), lane -> ONE_CONNECTION);
    }

    /**
     * Who is there to fetch it, else the host that has asked for it; for what need not wait any longer, the usual way.
     */
    private final class Waiting implements Deliverer {
        @Override
        public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
            return way(request.lane()).deliver(request);
        }

        @Override
        public boolean waits(LaneName lane) {
            return kept.contains(lane.destination()) && !handovers.isThere(lane) && !calls.isOpen(lane.destination());
        }

        private Deliverer way(LaneName lane) {
            String domain = lane.destination();
            if (!kept.contains(domain)) {
                return relay.way(domain);
            }
            return handovers.isThere(lane) || !calls.isOpen(domain) ? handovers : calls;
        }
    }

    /** That mail waits here is no delay, unless the configuration or its sender says so. */
    Reporter quieten(Reporter reporter) {
        return reporter.about(told ->
                !expected(told) || reporter.late(told.delivery().message()).isPresent());
    }

    private boolean expected(Told told) {
        LaneName lane = told.delivery().lane();
        return told.kind() == Kind.DELAYED
                && lane.pool().equals(WAITING)
                && kept.contains(lane.destination())
                && !warned.contains(lane.destination());
    }
}
