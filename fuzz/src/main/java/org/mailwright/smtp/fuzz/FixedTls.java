package org.mailwright.smtp.fuzz;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/** TLS that was agreed on without a handshake. */
record FixedTls() implements TlsSession {

    /** Begins no handshake: the memory transport asks for none. */
    static final TlsPolicy POLICY = new TlsPolicy() {
        @Override
        public SSLEngine newEngine(SocketAddress remote) throws IOException {
            throw new IOException("there is no engine");
        }

        @Override
        public TlsSession describe(SSLEngine engine) {
            return new FixedTls();
        }
    };

    @Override
    public String protocol() {
        return "TLSv1.3";
    }

    @Override
    public String cipherSuite() {
        return "TLS_AES_128_GCM_SHA256";
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
        return Optional.of(new byte[length]);
    }
}
