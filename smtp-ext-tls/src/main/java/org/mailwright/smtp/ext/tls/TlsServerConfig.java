package org.mailwright.smtp.ext.tls;

import java.time.Duration;
import java.util.List;

/**
 * The TLS of a server's listeners, for STARTTLS and implicit TLS alike.
 *
 * @param protocol versions, suites, groups
 * @param keys {@code tls.certificate} and {@code tls.key}: at least one; the name that the client asks for chooses
 *     among them, and the first is shown to clients that ask for none or for a name that nobody has
 * @param clientAuth {@code tls.client-auth}
 * @param clientTrust {@code tls.client-ca}: who may vouch for a client's certificate
 * @param alpn {@code tls.alpn}: what to say to clients that speak of other protocols
 * @param reloadInterval {@code tls.reload-interval}: the files are looked at when a handshake begins, but not more
 *     often than this; zero for never by itself
 * @since 0.1.0
 */
public record TlsServerConfig(
        TlsConfig protocol,
        List<KeySource> keys,
        ClientAuth clientAuth,
        Trust clientTrust,
        Alpn alpn,
        Duration reloadInterval) {

    /** How the application protocol of a handshake (RFC 7301) is treated. */
    public enum Alpn {
        /**
         * A client that names protocols has to name {@code smtp}: so nobody can lead a browser's connection here and
         * have its octets taken for mail (ALPACA). Clients that name none are welcome.
         */
        STRICT,
        /** {@code smtp} is chosen when it is offered; everything else is ignored. */
        LENIENT
    }

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException with the key's name, if a value is out of bounds
     */
    public TlsServerConfig {
        keys = List.copyOf(keys);
        TlsConfig.require(!keys.isEmpty(), "tls.certificate: expected at least one certificate, found none");
        TlsConfig.require(
                !reloadInterval.isNegative(), "tls.reload-interval: expected zero or more, found " + reloadInterval);
    }

    /** The default settings with these keys: no client certificates, strict ALPN, files looked at every minute. */
    public static TlsServerConfig of(KeySource... keys) {
        return new TlsServerConfig(
                TlsConfig.DEFAULTS,
                List.of(keys),
                ClientAuth.NONE,
                new Trust.Platform(),
                Alpn.STRICT,
                Duration.ofMinutes(1));
    }

    /** The same with other protocol settings. */
    public TlsServerConfig with(TlsConfig other) {
        return new TlsServerConfig(other, keys, clientAuth, clientTrust, alpn, reloadInterval);
    }

    /** The same with other demands on the client's certificate. */
    public TlsServerConfig with(ClientAuth other, Trust trust) {
        return new TlsServerConfig(protocol, keys, other, trust, alpn, reloadInterval);
    }

    /** The same with another ALPN policy. */
    public TlsServerConfig with(Alpn other) {
        return new TlsServerConfig(protocol, keys, clientAuth, clientTrust, other, reloadInterval);
    }
}
