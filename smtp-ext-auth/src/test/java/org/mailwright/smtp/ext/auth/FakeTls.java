package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.transport.TlsSession;

/** A TLS session without TLS; two ends with the same secret export the same material. */
record FakeTls(String protocol, String secret, List<Certificate> peerCertificates, List<Certificate> localCertificates)
        implements TlsSession {

    static final FakeTls TLS_13 = new FakeTls("TLSv1.3", "shared", List.of(), List.of());

    static FakeTls withSecret(String secret) {
        return new FakeTls("TLSv1.3", secret, List.of(), List.of());
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
    public Optional<byte[]> export(String label, byte[] context, int length) {
        return secret.isEmpty() ? Optional.empty() : Optional.of((label + '/' + length + '/' + secret).getBytes(UTF_8));
    }
}
