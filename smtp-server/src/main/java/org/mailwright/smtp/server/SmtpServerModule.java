package org.mailwright.smtp.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;

/**
 * Binds an {@link SmtpServer} with the extensions of all other modules. A {@link MessageSink} must be bound;
 * {@link LocalDomains} (none), {@link TlsPolicy} (no implicit TLS), {@link RelayGate} (sends nothing on) and
 * {@link Clock} may be.
 *
 * @since 0.1.0
 */
public final class SmtpServerModule extends AbstractModule {

    private final SmtpServerConfig config;
    private final LocalDomains local;

    /** Binds a server with this configuration, and no local domains unless another module binds them. */
    public SmtpServerModule(SmtpServerConfig config) {
        this(config, LocalDomains.of());
    }

    /** Binds a server with this configuration, which takes mail for these domains. */
    public SmtpServerModule(SmtpServerConfig config, LocalDomains local) {
        this.config = config;
        this.local = local;
    }

    @Override
    protected void configure() {
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().toInstance(new Pipelining());
        extensions.addBinding().toInstance(new EnhancedStatusCodes());
        OptionalBinder.newOptionalBinder(binder(), LocalDomains.class)
                .setDefault()
                .toInstance(local);
        OptionalBinder.newOptionalBinder(binder(), TlsPolicy.class);
        OptionalBinder.newOptionalBinder(binder(), RelayGate.class);
        OptionalBinder.newOptionalBinder(binder(), Clock.class)
                .setDefault()
                .toInstance(Clock.system(ZoneId.systemDefault()));
    }

    @Provides
    @Singleton
    SmtpServer server(
            Set<Extension> extensions,
            MessageSink sink,
            LocalDomains domains,
            Optional<RelayGate> relay,
            Optional<TlsPolicy> tls,
            Clock clock) {
        RelayGate gate = relay.orElseGet(() -> new RelayGate(domains, () -> false));
        return new SmtpServer(config, gate, List.copyOf(extensions), sink, tls, clock);
    }
}
