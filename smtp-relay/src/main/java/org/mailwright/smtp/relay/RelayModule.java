package org.mailwright.smtp.relay;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.dns.MailDns;

/**
 * Binds {@link RelayClient}, {@link MxResolver}, {@link MxDeliverer} and {@link MxSender}, with the extensions of all
 * other modules. {@link MailDns} must be bound elsewhere; a {@link Connector} may be, without one MINA with threads of
 * its own is used. Whoever asks for the client closes it. A smarthost is made by hand: there may be many.
 *
 * @since 0.1.0
 */
public final class RelayModule extends AbstractModule {

    private final SmtpClientConfig client;
    private final RelayConfig relay;
    private final Function<TlsLevel, Attributes> tls;
    private final Function<String, TlsLevel> levels;

    /**
     * Binds a relay with this configuration.
     *
     * @param tls see {@link RelayClient}
     * @param levels the level of TLS for a domain or host, in lower case
     */
    public RelayModule(
            SmtpClientConfig client,
            RelayConfig relay,
            Function<TlsLevel, Attributes> tls,
            Function<String, TlsLevel> levels) {
        this.client = client;
        this.relay = relay;
        this.tls = tls;
        this.levels = levels;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Extension.class);
        OptionalBinder.newOptionalBinder(binder(), Connector.class);
        requireBinding(MailDns.class);
    }

    @Provides
    @Singleton
    RelayClient client(Set<Extension> extensions, Optional<Connector> connector) {
        return new RelayClient(
                client, extensions, connector.orElseGet(MinaNetwork::new), tls, relay, InstantSource.system());
    }

    @Provides
    @Singleton
    MxResolver resolver(MailDns dns) {
        return new MxResolver(dns, relay, new SecureRandom());
    }

    @Provides
    @Singleton
    MxDeliverer deliverer(RelayClient by, MxResolver resolver) {
        return new MxDeliverer(by, resolver, relay, levels);
    }

    @Provides
    @Singleton
    MxSender sender(RelayClient by, MxResolver resolver) {
        return new MxSender(by, resolver, relay, levels);
    }
}
