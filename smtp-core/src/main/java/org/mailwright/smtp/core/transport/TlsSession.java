package org.mailwright.smtp.core.transport;

import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a TLS handshake agreed on, for trace fields, policy and channel binding.
 *
 * @since 0.1.0
 */
public interface TlsSession {

    /** Returns the protocol version, such as {@code TLSv1.3}. */
    String protocol();

    /** Returns the cipher suite by its registered name. */
    String cipherSuite();

    /** Returns the server name that the client asked for (RFC 6066 §3), in lower case. */
    Optional<String> serverName();

    /** Returns the peer's certificate chain, leaf first; empty when it sent none or it was not verified. */
    List<Certificate> peerCertificates();

    /** Returns the certificate chain this side sent, leaf first; empty when none. */
    List<Certificate> localCertificates();

    /**
     * Derives keying material from the session (RFC 8446 §7.5, RFC 5705).
     *
     * @param label the exporter label, such as {@code EXPORTER-Channel-Binding}
     * @param context the context value, may be empty
     * @param length octets wanted
     * @return empty when the TLS provider cannot export
     */
    Optional<byte[]> export(String label, byte[] context, int length);
}
