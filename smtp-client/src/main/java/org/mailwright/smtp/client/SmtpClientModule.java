package org.mailwright.smtp.client;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.transport.mina.LoopConfig;

/**
 * Binds an {@link SmtpClient} with the extensions of all other modules. A {@link Connector} may be bound; without one,
 * MINA with threads of its own is used. Whoever asks for the client closes it.
 *
 * @since 0.1.0
 */
public final class SmtpClientModule extends AbstractModule {

    private final SmtpClientConfig config;

    /** Binds a client with this configuration. */
    public SmtpClientModule(SmtpClientConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Extension.class);
        OptionalBinder.newOptionalBinder(binder(), Connector.class);
    }

    @Provides
    @Singleton
    SmtpClient client(Set<Extension> extensions, Optional<Connector> connector) {
        return new SmtpClient(config, extensions, connector.orElseGet(() -> new MinaNetwork(LoopConfig.DEFAULTS)));
    }
}
