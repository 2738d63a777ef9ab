package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates.
 *
 * @param identity the certificate that is shown; nothing: a self-signed one
 * @param others certificates for other names, chosen by what a client asks for
 * @param provider whose TLS it is
 * @param clientCertificates whether a client is asked for one
 * @param clientAuthorities the certificates that those of clients must lead to; nothing: the platform's
 * @param protocols the versions that are spoken
 * @param alpn what becomes of clients that name application protocols
 * @param reloadInterval how often the files are looked at; zero: never
 * @since 0.1.0
 */
public record TlsConfig(
        Optional<Identity> identity,
        List<Identity> others,
        TlsProvider provider,
        ClientCertificates clientCertificates,
        Optional<Path> clientAuthorities,
        Set<TlsProtocol> protocols,
        AlpnPolicy alpn,
        Duration reloadInterval) {

    /**
     * The files of one certificate.
     *
     * @param certificate the chain
     * @param key the private key
     * @param passphrase the file with the passphrase of the key
     */
    public record Identity(Path certificate, Path key, Optional<Path> passphrase) {}

    static TlsConfig of(ConfigFile file) {
        ConfigValues values = file.table(ConfigKeys.TLS);
        Optional<Identity> identity = values.find(ConfigKeys.TLS_CERTIFICATE)
                .flatMap(certificate -> values.find(ConfigKeys.TLS_KEY)
                        .map(key -> new Identity(
                                file.path(certificate),
                                file.path(key),
                                values.find(ConfigKeys.TLS_PASSPHRASE_FILE).map(file::path))));
        return new TlsConfig(
                identity,
                file.entries(ConfigKeys.TLS_SNI).stream()
                        .map(entry -> new Identity(
                                file.path(entry.get(ConfigKeys.SNI_CERTIFICATE)),
                                file.path(entry.get(ConfigKeys.SNI_KEY)),
                                entry.find(ConfigKeys.SNI_PASSPHRASE_FILE).map(file::path)))
                        .toList(),
                values.get(ConfigKeys.TLS_PROVIDER),
                values.get(ConfigKeys.TLS_CLIENT_AUTH),
                values.find(ConfigKeys.TLS_CLIENT_CA).map(file::path),
                Set.copyOf(values.get(ConfigKeys.TLS_PROTOCOLS)),
                values.get(ConfigKeys.TLS_ALPN),
                values.get(ConfigKeys.TLS_RELOAD_INTERVAL));
    }
}
