package org.mailwright.smtp.ext.tls;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a private key and its certificate chain come from.
 *
 * @since 0.1.0
 */
public sealed interface KeySource {

    /**
     * PEM files of an operator.
     *
     * @param certificate the certificate and its chain, in any order
     * @param key the private key; may be the same file
     * @param passphrase of an encrypted key; asked anew at each load, and the array given is wiped after use
     */
    record Files(Path certificate, Path key, Optional<Supplier<char[]>> passphrase) implements KeySource {

        /** A key that is not encrypted. */
        public Files(Path certificate, Path key) {
            this(certificate, key, Optional.empty());
        }

        /** The files' names, never the passphrase. */
        @Override
        public String toString() {
            return "Files[certificate=" + certificate + ", key=" + key + "]";
        }
    }

    /**
     * A certificate that the server makes for itself, so that TLS works before anybody has bought one.
     *
     * <p>An EC P-256 key with a certificate for {@code hostname}, {@code localhost} and the loopback addresses, valid
     * 825 days and made anew 30 days before its end or when the host name changes. Both are in one PEM file that only
     * its owner may read, {@code self-signed.pem} below {@code folder}.
     *
     * @param folder made if it is missing
     * @param hostname the server's name, or its IP address
     */
    record SelfSigned(Path folder, String hostname) implements KeySource {

        /** The file with key and certificate. */
        public Path file() {
            return folder.resolve("self-signed.pem");
        }
    }
}
