package org.mailwright.smtp.gateway.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/** The TLS of an HTTP connection, as the session of its mail sees it. */
record SessionTls(String protocol, String cipherSuite, List<Certificate> localCertificates) implements TlsSession {

    /** For a session whose connection is secured elsewhere. */
    static final TlsPolicy ELSEWHERE = new TlsPolicy() {
        @Override
        public SSLEngine newEngine(SocketAddress remote) throws IOException {
            throw new IOException("the connection has its TLS");
        }

        @Override
        public TlsSession describe(SSLEngine engine) throws IOException {
            throw new IOException("the connection has its TLS");
        }
    };

    static SessionTls of(SSLSession session) {
        Certificate[] own = session.getLocalCertificates();
        return new SessionTls(session.getProtocol(), session.getCipherSuite(), own == null ? List.of() : List.of(own));
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
    public Optional<byte[]> export(String label, byte[] context, int length) {
        return Optional.empty();
    }
}
