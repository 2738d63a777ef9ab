package org.mailwright.smtp.ext.auth.sasl;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the protection of a connection contributes to logging in.
 *
 * @since 0.1.0
 */
public interface SecureChannel {

    /** A connection in clear. */
    SecureChannel CLEAR = new SecureChannel() {
        @Override
        public boolean encrypted() {
            return false;
        }

        @Override
        public Optional<byte[]> binding(ChannelBinding type) {
            return Optional.empty();
        }

        @Override
        public List<X509Certificate> peerChain() {
            return List.of();
        }
    };

    /** Whether the connection is inside TLS. */
    boolean encrypted();

    /** The data of a channel binding (RFC 5056), or empty where this connection has none of that type. */
    Optional<byte[]> binding(ChannelBinding type);

    /** The peer's certificates, its own first, <em>already verified</em>; empty when it showed none. */
    List<X509Certificate> peerChain();

    /**
     * The binding that a client should use, and without which a server offers none: {@code tls-exporter} where the
     * connection has it, otherwise {@code tls-server-end-point}.
     */
    default Optional<ChannelBinding> preferredBinding() {
        for (ChannelBinding type : ChannelBinding.values()) {
            if (binding(type).isPresent()) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
