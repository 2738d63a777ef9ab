package org.mailwright.smtp.ext.tls;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * The TLS policy of a server, with its keys in memory: gives an engine to each connection, for STARTTLS and implicit
 * TLS alike. Safe for use by many threads.
 *
 * <p>When the files change, they are read anew, on another thread; connections that exist keep what they have. Files
 * that cannot be used are reported in the log and change nothing.
 *
 * @since 0.1.0
 */
public final class TlsServerContext implements TlsPolicy {

    private final TlsServerConfig config;
    private final Reloadable<SSLContext> context;

    private TlsServerContext(TlsServerConfig config, Reloadable<SSLContext> context) {
        this.config = config;
        this.context = context;
    }

    /**
     * Reads the files, and makes the self-signed certificate if there is to be one.
     *
     * @throws TlsMaterialException if a file is missing, unreadable or not what it should be
     */
    public static TlsServerContext open(TlsServerConfig config) throws TlsMaterialException {
        return open(config, InstantSource.system(), Thread::startVirtualThread, new SecureRandom());
    }

    /**
     * Reads the files, and makes the self-signed certificate if there is to be one.
     *
     * @param executor where files that changed are read
     * @throws TlsMaterialException if a file is missing, unreadable or not what it should be
     */
    public static TlsServerContext open(
            TlsServerConfig config, InstantSource clock, Executor executor, SecureRandom random)
            throws TlsMaterialException {
        TlsProvider provider = config.protocol().provider();
        ContextBuilder builder = new ContextBuilder(provider, config.keys(), clock, random);
        Reloadable.Loader<SSLContext> loader = new Reloadable.Loader<>() {
            @Override
            public Instant prepare() throws TlsMaterialException {
                return builder.prepare();
            }

            @Override
            public SSLContext load() throws TlsMaterialException {
                X509ExtendedTrustManager trust = switch (config.clientAuth()) {
                    // asked nothing, and so never asked to judge
                    case NONE -> new AnyTrust();
                    case REQUEST, REQUIRE -> new TrustLoader(provider, clock.instant()).load(config.clientTrust());
                };
                return builder.context(builder.ring(), trust);
            }
        };
        List<Path> files = new ArrayList<>(builder.keyFiles());
        if (config.clientAuth() != ClientAuth.NONE) {
            files.addAll(TrustLoader.files(config.clientTrust()));
        }
        return new TlsServerContext(
                config,
                new Reloadable<>(
                        "tls", files, loader, config.reloadInterval(), new Reloadable.Surroundings(clock, executor)));
    }

    /** Returns an engine in server mode, ready for the first octets. */
    @Override
    public SSLEngine newEngine(SocketAddress remote) {
        return newEngine();
    }

    SSLEngine newEngine() {
        SSLEngine engine = context.current().createSSLEngine();
        EngineSettings.server(engine, config);
        return new StrictEngine(engine);
    }

    /**
     * Returns a context for a server of another protocol, such as HTTP, that makes its engines itself: with the same
     * keys, read anew when the files change, and the same versions of TLS. Clients are asked for no certificate.
     */
    public SSLContext foreignContext() {
        return FollowingContext.of(context::current, engine -> EngineSettings.foreign(engine, config));
    }

    /**
     * Reads all files now; new connections get what is in them.
     *
     * @throws TlsMaterialException if they cannot be used; what was read before stays in use
     */
    public void reload() throws TlsMaterialException {
        context.reload();
    }

    /** Describes what was agreed; a client's certificate is there only if it was asked for, and is then trusted. */
    @Override
    public TlsSession describe(SSLEngine engine) {
        return AgreedTls.of(engine, true);
    }

    @Override
    public Duration handshakeTimeout() {
        return config.protocol().handshakeTimeout();
    }
}
