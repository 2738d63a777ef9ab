package org.mailwright.smtp.ext.auth;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** What a TLS session contributes to logging in, seen from one of its ends. */
final class TlsChannel implements SecureChannel {

    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_OCTETS = 32;
    private static final String TLS_13 = "TLSv1.3";

    private final TlsSession tls;
    private final List<Certificate> serverChain;

    private TlsChannel(TlsSession tls, List<Certificate> serverChain) {
        this.tls = tls;
        this.serverChain = serverChain;
    }

    /** The channel of a server's session, in clear or not. */
    static SecureChannel ofServer(Optional<TlsSession> tls) {
        return tls.<SecureChannel>map(session -> new TlsChannel(session, session.localCertificates()))
                .orElse(CLEAR);
    }

    /** The channel of a client's session, in clear or not. */
    static SecureChannel ofClient(Optional<TlsSession> tls) {
        return tls.<SecureChannel>map(session -> new TlsChannel(session, session.peerCertificates()))
                .orElse(CLEAR);
    }

    @Override
    public boolean encrypted() {
        return true;
    }

    @Override
    public Optional<byte[]> binding(ChannelBinding type) {
        return switch (type) {
            // Before TLS 1.3 the exporter is safe only with the extended master secret (RFC 9266 section 4.2), of
            // which nothing is known here.
            case TLS_EXPORTER ->
                tls.protocol().equals(TLS_13)
                        ? tls.export(EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS)
                        : Optional.empty();
            case TLS_SERVER_END_POINT -> endPoint();
        };
    }

    /** On TLS 1.3 clients take tls-exporter (RFC 9266 section 3); one that cannot have it must not be led to -PLUS. */
    @Override
    public Optional<ChannelBinding> preferredBinding() {
        ChannelBinding usual =
                tls.protocol().equals(TLS_13) ? ChannelBinding.TLS_EXPORTER : ChannelBinding.TLS_SERVER_END_POINT;
        return binding(usual).map(data -> usual);
    }

    @Override
    public List<X509Certificate> peerChain() {
        return tls.peerCertificates().stream()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    private Optional<byte[]> endPoint() {
        if (serverChain.isEmpty() || !(serverChain.get(0) instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        try {
            return ServerEndPoint.of(certificate);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
