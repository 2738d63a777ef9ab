package org.mailwright.smtp.ext.tls;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What both ends of a TLS connection agree on in configuration: provider, versions, suites, groups and patience.
 *
 * @param provider {@code tls.provider}
 * @param versions {@code tls.protocols}: at least one
 * @param cipherSuites {@code tls.cipher-suites}: in order of preference, TLS 1.3 suites and those of TLS 1.2 with ECDHE
 *     and AEAD; each enabled version needs one
 * @param namedGroups {@code tls.groups}: in order of preference; names the provider lacks are skipped, and
 *     {@code secp256r1} has to be there, because some servers refuse a P-256 certificate without it
 * @param handshakeTimeout {@code tls.handshake-timeout}: from the first octet expected to the end of the handshake,
 *     more than zero and at most ten minutes
 * @since 0.1.0
 */
public record TlsConfig(
        TlsProvider provider,
        Set<TlsVersion> versions,
        List<String> cipherSuites,
        List<String> namedGroups,
        Duration handshakeTimeout) {

    private static final Set<String> SUITES_1_3 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Set<String> SUITES_1_2 = Set.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Duration LONGEST_HANDSHAKE = Duration.ofMinutes(10);

    /** The JDK's TLS 1.2 and 1.3, AES-GCM before ChaCha20, the hybrid group first, 30 seconds. */
    public static final TlsConfig DEFAULTS = new TlsConfig(
            TlsProvider.JSSE,
            Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"),
            Duration.ofSeconds(30));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException with the key's name, if a value is out of bounds
     */
    public TlsConfig {
        versions = Set.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        namedGroups = List.copyOf(namedGroups);
        require(!versions.isEmpty(), "tls.protocols: expected TLSv1.2, TLSv1.3 or both, found none");
        for (String suite : cipherSuites) {
            require(
                    SUITES_1_3.contains(suite) || SUITES_1_2.contains(suite),
                    "tls.cipher-suites: expected suites of TLS 1.3 or ECDHE with AES-GCM or ChaCha20-Poly1305, found "
                            + suite);
        }
        for (TlsVersion version : versions) {
            Set<String> usable = switch (version) {
                case TLS_1_2 -> SUITES_1_2;
                case TLS_1_3 -> SUITES_1_3;
            };
            require(
                    cipherSuites.stream().anyMatch(usable::contains),
                    "tls.cipher-suites: none of them belongs to " + version.key() + ", which tls.protocols enables");
        }
        require(namedGroups.contains("secp256r1"), "tls.groups: expected secp256r1 among them, found " + namedGroups);
        require(
                !handshakeTimeout.isNegative()
                        && !handshakeTimeout.isZero()
                        && handshakeTimeout.compareTo(LONGEST_HANDSHAKE) <= 0,
                "tls.handshake-timeout: expected more than zero and at most PT10M, found " + handshakeTimeout);
    }

    /** The same with another provider. */
    public TlsConfig with(TlsProvider other) {
        return new TlsConfig(other, versions, cipherSuites, namedGroups, handshakeTimeout);
    }

    /** The same with these versions only. */
    public TlsConfig with(Set<TlsVersion> others) {
        return new TlsConfig(provider, others, cipherSuites, namedGroups, handshakeTimeout);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
