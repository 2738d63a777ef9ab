package org.mailwright.smtp.distribution.assembly;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.ListenerRole;
import org.mailwright.smtp.distribution.config.ListenerTls;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.LocalMailboxes;
import org.mailwright.smtp.queue.intake.PressureGate;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.gate.StandingGate;

/** What a configuration says of listeners, as the server wants to know it. */
final class Listeners {
    private Listeners() {}

    static SmtpListener of(ServerConfig config, ListenerConfig listener, List<Extension> installed)
            throws AssemblyException {
        Role role = role(listener.role());
        ListenerProfile profile = ListenerProfile.of(listener.name(), role, config.hostname())
                .with(config.limits().session())
                .with(config.timeouts().session());
        return new SmtpListener(
                listener.tls() == ListenerTls.IMPLICIT ? profile.withImplicitTls() : profile,
                address(listener.name(), listener.address()),
                Optional.of(chosen(listener, role, installed)));
    }

    static Role role(ListenerRole role) {
        return switch (role) {
            case MX -> Role.MX;
            case SUBMISSION -> Role.SUBMISSION;
            case LMTP -> Role.LMTP;
        };
    }

    private static Set<String> chosen(ListenerConfig listener, Role role, List<Extension> installed) {
        Set<String> present = installed.stream()
                .filter(extension -> !(extension instanceof StandingGate)) // those nobody chooses
                .map(Extension::id)
                .collect(Collectors.toSet());
        Set<String> chosen = new HashSet<>(listener.extensions()
                .orElseGet(() -> installed.stream()
                        .filter(extension -> extension.defaultRoles().contains(role))
                        .map(Extension::id)
                        .toList()));
        if (listener.tls() != ListenerTls.STARTTLS) {
            chosen.remove(Bundled.STARTTLS.id());
        }
        chosen.add(LocalMailboxes.ID);
        chosen.add(PressureGate.ID);
        chosen.retainAll(present);
        return chosen;
    }

    /** Returns what sessions have whose mail comes by HTTP: all that a submission has by itself. */
    static List<Extension> ofHttp(List<Extension> installed) {
        return installed.stream()
                .filter(extension -> extension.defaultRoles().contains(Role.SUBMISSION)
                        || Set.of(LocalMailboxes.ID, PressureGate.ID).contains(extension.id()))
                .filter(extension -> !extension.id().equals(Bundled.STARTTLS.id()))
                .toList();
    }

    static InetSocketAddress address(String listener, HostPort at) throws AssemblyException {
        try {
            return new InetSocketAddress(InetAddress.getByName(at.host()), at.port());
        } catch (UnknownHostException e) {
            throw new AssemblyException(
                    "listener " + listener + ": address: expected an address of this host, found " + at.host(), e);
        }
    }
}
