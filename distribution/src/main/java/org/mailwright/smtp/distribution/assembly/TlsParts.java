package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.config.TlsConfig.Identity;
import org.mailwright.smtp.ext.tls.ClientAuth;
import org.mailwright.smtp.ext.tls.KeySource;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsConfig;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsProvider;
import org.mailwright.smtp.ext.tls.TlsServerConfig;
import org.mailwright.smtp.ext.tls.TlsServerContext;
import org.mailwright.smtp.ext.tls.TlsVersion;
import org.mailwright.smtp.ext.tls.Trust;

/** What a server has of smtp-ext-tls. */
final class TlsParts {
    private TlsParts() {}

    /** Reads the keys, and makes the self-signed certificate if there is to be one. */
    static TlsPolicy policy(ServerConfig config) throws AssemblyException {
        try {
            return TlsServerContext.open(serverConfig(config));
        } catch (TlsMaterialException e) {
            throw new AssemblyException("tls: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new AssemblyException(String.valueOf(e.getMessage()), e);
        }
    }

    static Extension startTls(TlsPolicy policy) {
        return StartTlsExtension.server(policy);
    }

    /** Returns what HTTPS is spoken with; empty when the policy is for looking only. */
    static Optional<SSLContext> https(TlsPolicy policy) {
        return policy instanceof TlsServerContext context ? Optional.of(context.foreignContext()) : Optional.empty();
    }

    private static TlsServerConfig serverConfig(ServerConfig server) {
        org.mailwright.smtp.distribution.config.TlsConfig config = server.tls();
        List<KeySource> keys = new ArrayList<>();
        keys.add(config.identity()
                .map(TlsParts::files)
                .orElseGet(() -> new KeySource.SelfSigned(server.data().resolve("tls"), server.hostname())));
        config.others().forEach(identity -> keys.add(files(identity)));
        TlsConfig protocol = new TlsConfig(
                switch (config.provider()) {
                    case JSSE -> TlsProvider.JSSE;
                    case BOUNCYCASTLE -> TlsProvider.BOUNCYCASTLE;
                },
                versions(config),
                TlsConfig.DEFAULTS.cipherSuites(),
                TlsConfig.DEFAULTS.namedGroups(),
                server.timeouts().handshake());
        return new TlsServerConfig(
                protocol,
                keys,
                switch (config.clientCertificates()) {
                    case NONE -> ClientAuth.NONE;
                    case REQUEST -> ClientAuth.REQUEST;
                    case REQUIRE -> ClientAuth.REQUIRE;
                },
                config.clientAuthorities().<Trust>map(Trust.Pem::new).orElseGet(Trust.Platform::new),
                switch (config.alpn()) {
                    case STRICT -> TlsServerConfig.Alpn.STRICT;
                    case LENIENT -> TlsServerConfig.Alpn.LENIENT;
                },
                config.reloadInterval());
    }

    private static Set<TlsVersion> versions(org.mailwright.smtp.distribution.config.TlsConfig config) {
        return config.protocols().stream()
                .map(protocol -> switch (protocol) {
                    case TLS_1_2 -> TlsVersion.TLS_1_2;
                    case TLS_1_3 -> TlsVersion.TLS_1_3;
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private static KeySource files(Identity identity) {
        return new KeySource.Files(
                identity.certificate(), identity.key(), identity.passphrase().map(TlsParts::firstLine));
    }

    /** Reads a passphrase anew each time, so that it can change together with its key. */
    private static Supplier<char[]> firstLine(Path file) {
        return () -> {
            try {
                CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)));
                int end = 0;
                while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                    end++;
                }
                char[] line = new char[end];
                text.get(line);
                return line;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("tls.passphrase-file: " + file + " cannot be read", e);
            }
        };
    }

    /** A policy for looking only: what it is asked for are the keywords, never a connection. */
    static TlsPolicy none() {
        return new TlsPolicy() {
            @Override
            public javax.net.ssl.SSLEngine newEngine(java.net.SocketAddress remote) throws IOException {
                throw new IOException("there is no certificate");
            }

            @Override
            public org.mailwright.smtp.core.transport.TlsSession describe(javax.net.ssl.SSLEngine engine)
                    throws IOException {
                throw new IOException("there is no certificate");
            }
        };
    }
}
