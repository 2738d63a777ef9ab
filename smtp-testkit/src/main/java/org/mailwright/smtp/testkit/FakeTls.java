package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * TLS in name only, for dialogues in memory: they say that they are secured, and nothing is encrypted.
 *
 * @since 0.1.0
 */
public final class FakeTls implements TlsPolicy {

    /** What a handshake in memory agrees on. */
    public static final TlsSession SESSION = new Agreed();

    @Override
    public SSLEngine newEngine(SocketAddress remote) throws IOException {
        throw new IOException("TLS in memory has no engine");
    }

    @Override
    public TlsSession describe(SSLEngine engine) {
        return SESSION;
    }

    private record Agreed() implements TlsSession {
        @Override
        public String protocol() {
            return "TLSv1.3";
        }

        @Override
        public String cipherSuite() {
            return "TLS_AES_256_GCM_SHA384";
        }

        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public List<Certificate> peerCertificates() {
            return List.of();
        }

        @Override
        public List<Certificate> localCertificates() {
            return List.of();
        }

        @Override
        public Optional<byte[]> export(String label, byte[] context, int length) {
            return Optional.empty();
        }
    }
}
