package org.mailwright.smtp.ext.tls;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * The TLS side of a client, with its anchors and keys in memory: gives each server its policy. Safe for use by many
 * threads; files that change are read anew as in {@link TlsServerContext}.
 *
 * @since 0.1.0
 */
public final class TlsClientContext {

    private final TlsClientConfig config;
    private final Reloadable<SSLContext> context;
    private final Judgement judgement;

    private TlsClientContext(TlsClientConfig config, Reloadable<SSLContext> context, Judgement judgement) {
        this.config = config;
        this.context = context;
        this.judgement = judgement;
    }

    /** What came of the last certificate. */
    private static final class Judgement {
        private volatile Optional<String> refusal = Optional.empty();

        void told(Optional<String> why) {
            refusal = why;
        }
    }

    /**
     * Reads the files.
     *
     * @throws TlsMaterialException if a file is missing, unreadable or not what it should be
     */
    public static TlsClientContext open(TlsClientConfig config) throws TlsMaterialException {
        return open(config, InstantSource.system(), Thread::startVirtualThread, new SecureRandom());
    }

    /**
     * Reads the files.
     *
     * @param executor where files that changed are read
     * @throws TlsMaterialException if a file is missing, unreadable or not what it should be
     */
    public static TlsClientContext open(
            TlsClientConfig config, InstantSource clock, Executor executor, SecureRandom random)
            throws TlsMaterialException {
        TlsProvider provider = config.protocol().provider();
        ContextBuilder builder = new ContextBuilder(provider, config.keys(), clock, random);
        Judgement judgement = new Judgement();
        Reloadable.Loader<SSLContext> loader = new Reloadable.Loader<>() {
            @Override
            public Instant prepare() throws TlsMaterialException {
                return builder.prepare();
            }

            @Override
            public SSLContext load() throws TlsMaterialException {
                X509ExtendedTrustManager trust = switch (config.mode()) {
                    case VERIFIED ->
                        new PeerTrust(new TrustLoader(provider, clock.instant()).load(config.trust()), judgement::told);
                    case NONE, OPPORTUNISTIC, REQUIRED -> new AnyTrust();
                };
                return builder.context(builder.ring(), trust);
            }
        };
        List<Path> files = new ArrayList<>(builder.keyFiles());
        if (config.mode() == TlsMode.VERIFIED) {
            files.addAll(TrustLoader.files(config.trust()));
        }
        return new TlsClientContext(
                config,
                new Reloadable<>(
                        "tls client",
                        files,
                        loader,
                        config.reloadInterval(),
                        new Reloadable.Surroundings(clock, executor)),
                judgement);
    }

    /**
     * Returns the policy for connections to one server, for STARTTLS and implicit TLS alike.
     *
     * @param host the name or IP address that was asked for, as {@code mx.example.org}, {@code 192.0.2.1} or
     *     {@code [IPv6:2001:db8::1]}: sent as SNI if it is a name, and what the certificate has to be for in mode
     *     {@link TlsMode#VERIFIED}; never a name that came out of unsigned DNS
     */
    public TlsPolicy policy(String host) {
        return new Peer(host);
    }

    SSLEngine newEngine(String host, int port) {
        String peer = ServerIdentity.canonical(host);
        SSLEngine engine = context.current().createSSLEngine(peer, port);
        EngineSettings.client(engine, config.protocol(), peer);
        return new StrictEngine(engine);
    }

    private final class Peer implements TlsPolicy {
        private final String host;

        Peer(String host) {
            this.host = host;
        }

        @Override
        public SSLEngine newEngine(SocketAddress remote) {
            // sessions are resumed per host and port
            return TlsClientContext.this.newEngine(host, remote instanceof InetSocketAddress at ? at.getPort() : -1);
        }

        @Override
        public Duration handshakeTimeout() {
            return config.protocol().handshakeTimeout();
        }

        @Override
        public TlsSession describe(SSLEngine engine) {
            // a session that is resumed shows no certificate again
            judgement.told(Optional.empty());
            return AgreedTls.of(engine, config.mode() == TlsMode.VERIFIED);
        }
    }

    /**
     * Reads all files now; new connections get what is in them.
     *
     * @throws TlsMaterialException if they cannot be used; what was read before stays in use
     */
    public void reload() throws TlsMaterialException {
        context.reload();
    }

    /**
     * Returns why the certificate of a server was refused, when that was so with the last one: for programs that speak
     * to one server and tell a person.
     */
    public Optional<String> refusal() {
        return judgement.refusal;
    }

    /** How much is insisted on. */
    public TlsMode mode() {
        return config.mode();
    }
}
