package org.mailwright.smtp.server;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;
import org.mailwright.smtp.server.gate.StandingGate;

/**
 * Puts an {@link SmtpServer} together in code. It has PIPELINING and ENHANCEDSTATUSCODES, takes mail for no domain
 * until {@link #local} says which, and sends nothing on.
 *
 * @since 0.1.0
 */
public final class SmtpServerBuilder {

    private final String hostname;
    private final List<SmtpListener> listeners = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>(List.of(new Pipelining(), new EnhancedStatusCodes()));
    private LocalDomains local = LocalDomains.of();
    private boolean relays;
    private Optional<TlsPolicy> tls = Optional.empty();

    SmtpServerBuilder(String hostname) {
        this.hostname = hostname;
    }

    /** Adds a listener with default bounds, such as {@code listen("mx", Role.MX, "127.0.0.1:2525")}. */
    public SmtpServerBuilder listen(String name, Role role, String address) {
        return listen(SmtpListener.of(name, role, hostname, address));
    }

    /** Adds a listener. */
    public SmtpServerBuilder listen(SmtpListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Takes mail for these domains. */
    public SmtpServerBuilder local(String... domains) {
        return local(LocalDomains.of(domains));
    }

    /** Takes mail for these domains. */
    public SmtpServerBuilder local(LocalDomains domains) {
        local = domains;
        return this;
    }

    /** Lets clients that have logged in send to other domains too: for a sink that sends mail on, such as a queue. */
    public SmtpServerBuilder relaying() {
        relays = true;
        return this;
    }

    /** Installs an extension. */
    public SmtpServerBuilder with(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /**
     * Asks a gate on every listener, after the relay gate and those that were added before, such as
     * {@code gate(Stage.RCPT, (session, recipient) -> Verdict.pass())}.
     *
     * @param gate may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
     */
    public <T> SmtpServerBuilder gate(Stage<T> stage, Gate<? super T> gate) {
        String id = "gate " + extensions.size() + " of " + stage.name();
        return with(new StandingGate<>(id, stage, extensions.size(), gate));
    }

    /** Begins with TLS on listeners whose profile says so. */
    public SmtpServerBuilder implicitTls(TlsPolicy policy) {
        tls = Optional.of(policy);
        return this;
    }

    /** Returns the server, not yet listening. */
    public SmtpServer build(MessageSink sink) {
        SmtpServerConfig config = SmtpServerConfig.of(listeners.toArray(SmtpListener[]::new));
        RelayGate relay = new RelayGate(local, () -> relays);
        return new SmtpServer(config, relay, extensions, sink, tls, Clock.system(ZoneId.systemDefault()));
    }

    /** Returns the server, listening. */
    public SmtpServer start(MessageSink sink) throws IOException {
        SmtpServer server = build(sink);
        server.start();
        return server;
    }
}
