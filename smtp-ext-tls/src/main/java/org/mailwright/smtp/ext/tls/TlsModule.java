package org.mailwright.smtp.ext.tls;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * Adds STARTTLS to the set of extensions and binds the contexts given: the server's also as the {@link TlsPolicy} of
 * listeners with implicit TLS.
 *
 * @since 0.1.0
 */
public final class TlsModule extends AbstractModule {

    private final Optional<TlsServerContext> server;
    private final Optional<TlsClientContext> client;

    /** A module with one half or both; the contexts are opened before, so that a bad file is told without Guice. */
    public TlsModule(Optional<TlsServerContext> server, Optional<TlsClientContext> client) {
        this.server = server;
        this.client = client;
    }

    @Override
    protected void configure() {
        server.ifPresent(context -> {
            bind(TlsServerContext.class).toInstance(context);
            OptionalBinder.newOptionalBinder(binder(), TlsPolicy.class)
                    .setBinding()
                    .toInstance(context);
        });
        client.ifPresent(context -> bind(TlsClientContext.class).toInstance(context));
        Multibinder.newSetBinder(binder(), Extension.class)
                .addBinding()
                .toInstance(new StartTlsExtension(server.map(context -> () -> Optional.of(context)), client));
    }
}
