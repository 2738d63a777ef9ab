package org.mailwright.smtp.distribution.assembly;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.distribution.config.RouteConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;

/** For which domains anybody may bring mail, and who may bring it for others. */
final class RelayRules {
    private RelayRules() {}

    static RelayGate gate(ServerConfig config, MailFlow flow) {
        return new RelayGate(domains(config, flow), flow::relays, FilterReturn.trusted(config));
    }

    private static LocalDomains domains(ServerConfig config, MailFlow flow) {
        if (config.localDomains().contains(org.mailwright.smtp.mailbox.LocalDomains.ALL)) {
            return LocalDomains.any();
        }
        LocalDomains local = LocalDomains.of(Stream.concat(
                        config.localDomains().stream(),
                        config.turns().stream().flatMap(turn -> turn.domains().stream()))
                .map(Domain::parse)
                .collect(Collectors.toSet()));
        if (!flow.relays() || config.routes().stream().noneMatch(RouteConfig::inbound)) {
            return local;
        }
        Routes routes = new Routes(config.routes());
        return (LocalDomains & NonBlocking) (host, session) -> local.contains(host, session)
                || (host instanceof Domain domain
                        && routes.find(domain.canonical())
                                .filter(RouteConfig::inbound)
                                .isPresent());
    }
}
