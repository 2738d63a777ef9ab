package org.mailwright.smtp.ext.tls;

import java.time.Duration;
import java.util.List;

/**
 * The TLS of a client.
 *
 * @param protocol versions, suites, groups
 * @param mode {@code tls.mode}: how much is insisted on
 * @param trust {@code tls.ca}: who may vouch for a server; asked only in mode {@link TlsMode#VERIFIED}
 * @param keys {@code tls.certificate} and {@code tls.key}: shown to servers that ask for a certificate; may be empty
 * @param reloadInterval {@code tls.reload-interval}: the files are looked at when a handshake begins, but not more
 *     often than this; zero for never by itself
 * @since 0.1.0
 */
public record TlsClientConfig(
        TlsConfig protocol, TlsMode mode, Trust trust, List<KeySource> keys, Duration reloadInterval) {

    /** Opportunistic TLS, no certificate of our own. */
    public static final TlsClientConfig DEFAULTS = new TlsClientConfig(
            TlsConfig.DEFAULTS, TlsMode.OPPORTUNISTIC, new Trust.Platform(), List.of(), Duration.ofMinutes(1));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException with the key's name, if a value is out of bounds
     */
    public TlsClientConfig {
        keys = List.copyOf(keys);
        TlsConfig.require(
                !reloadInterval.isNegative(), "tls.reload-interval: expected zero or more, found " + reloadInterval);
    }

    /** The same with other protocol settings. */
    public TlsClientConfig with(TlsConfig other) {
        return new TlsClientConfig(other, mode, trust, keys, reloadInterval);
    }

    /** The same in another mode. */
    public TlsClientConfig with(TlsMode other) {
        return new TlsClientConfig(protocol, other, trust, keys, reloadInterval);
    }

    /** The same, verified against these anchors. */
    public TlsClientConfig verifiedBy(Trust other) {
        return new TlsClientConfig(protocol, TlsMode.VERIFIED, other, keys, reloadInterval);
    }

    /** The same with a certificate of our own. */
    public TlsClientConfig with(KeySource own) {
        return new TlsClientConfig(protocol, mode, trust, List.of(own), reloadInterval);
    }
}
