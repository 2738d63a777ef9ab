package org.mailwright.smtp.distribution.assembly;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailwright.smtp.client.builtin.Pipelining;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.turn.Calls;
import org.mailwright.smtp.distribution.turn.Handovers;
import org.mailwright.smtp.distribution.turn.LaneFlusher;
import org.mailwright.smtp.distribution.turn.WaitingMail;
import org.mailwright.smtp.ext.turn.AtrnExtension;
import org.mailwright.smtp.ext.turn.EtrnConfig;
import org.mailwright.smtp.ext.turn.EtrnExtension;
import org.mailwright.smtp.ext.turn.HeldMail;
import org.mailwright.smtp.ext.turn.QueueFlusher;
import org.mailwright.smtp.ext.turn.TurnExtension;
import org.mailwright.smtp.queue.QueueView;

/** What a server has of smtp-ext-turn. A class of its own, for the jar may be missing. */
final class TurnExtensions {
    private TurnExtensions() {}

    /** Without mail that waits. */
    static List<Extension> idle(ServerConfig config) throws AssemblyException {
        return configured(config, QueueFlusher.none(), HeldMail.none());
    }

    /** With a queue. */
    static List<Extension> of(
            ServerConfig config,
            QueueView queue,
            Handovers handovers,
            Calls calls,
            Routes routes,
            List<Extension> clients)
            throws AssemblyException {
        InstantSource clock = InstantSource.system();
        LaneFlusher flusher = new LaneFlusher(
                queue,
                domain -> routes.find(domain).isPresent(),
                calls,
                List.of(RelayParts.ROUTE, RelayParts.RELAY),
                TurnParts.WAITING,
                clock);
        WaitingMail mail = new WaitingMail(
                users(config),
                queue,
                TurnParts.WAITING,
                handovers,
                ClientConfig.DEFAULTS.withHostname(config.hostname()),
                ClientProfile.of(complete(clients)),
                clock);
        return configured(config, flusher, mail);
    }

    private static List<Extension> configured(ServerConfig config, QueueFlusher flusher, HeldMail mail)
            throws AssemblyException {
        return List.of(
                ServerAssembly.configured(
                        config, new EtrnExtension(EtrnConfig.DEFAULT, flusher, InstantSource.system())),
                ServerAssembly.configured(config, new AtrnExtension(mail)),
                ServerAssembly.configured(config, new TurnExtension(mail)));
    }

    private static Map<String, Set<Domain>> users(ServerConfig config) {
        Map<String, Set<Domain>> users = new HashMap<>();
        config.turns()
                .forEach(turn -> turn.user().ifPresent(user -> {
                    Set<Domain> domains = users.computeIfAbsent(user, unknown -> new HashSet<>());
                    turn.domains().forEach(domain -> domains.add(Domain.parse(domain)));
                }));
        return users;
    }

    /** With what every client has, unless another of the same id is there. */
    private static List<Extension> complete(List<Extension> clients) {
        List<Extension> all = new ArrayList<>(clients);
        Extension pipelining = new Pipelining();
        if (clients.stream().noneMatch(one -> one.id().equals(pipelining.id()))) {
            all.add(pipelining);
        }
        return all;
    }
}
