package org.mailwright.smtp.ext.tls;

import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.mailwright.smtp.core.transport.TlsSession;

/** What a finished handshake has agreed on. */
record AgreedTls(
        String protocol,
        String cipherSuite,
        Optional<String> serverName,
        List<Certificate> peerCertificates,
        List<Certificate> localCertificates,
        SSLSession session)
        implements TlsSession {

    /**
     * Describes an engine's session.
     *
     * @param verified whether the peer's certificate, if there is one, was held against anchors
     */
    static AgreedTls of(SSLEngine engine, boolean verified) {
        SSLSession session = engine.getSession();
        Certificate[] local = session.getLocalCertificates();
        return new AgreedTls(
                session.getProtocol(),
                session.getCipherSuite(),
                engine instanceof StrictEngine strict ? strict.serverName() : ServerIdentity.requested(session),
                verified ? peer(session) : List.of(),
                local == null ? List.of() : List.of(local),
                session);
    }

    private static List<Certificate> peer(SSLSession session) {
        try {
            return List.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            // the JDK's way to say that there is none
            return List.of();
        }
    }

    @Override
    public Optional<byte[]> export(String label, byte[] context, int length) {
        return KeyingMaterial.export(session, label, context, length);
    }

    /** What may be logged. */
    @Override
    public String toString() {
        return protocol + " " + cipherSuite + serverName.map(name -> " " + name).orElse("");
    }
}
