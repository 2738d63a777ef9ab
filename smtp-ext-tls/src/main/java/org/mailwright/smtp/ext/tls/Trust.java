package org.mailwright.smtp.ext.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who may vouch for a certificate.
 *
 * @since 0.1.0
 */
public sealed interface Trust {

    /** The authorities that the JDK trusts. */
    record Platform() implements Trust {}

    /**
     * Certificates of one PEM file: authorities, or the very certificates of the peers.
     *
     * @param file PEM with at least one certificate
     */
    record Pem(Path file) implements Trust {}

    /**
     * A key store in PKCS#12 or JKS form.
     *
     * @param file with at least one trusted certificate
     * @param passphrase asked anew at each load, and the array given is wiped after use
     */
    record Store(Path file, Supplier<char[]> passphrase) implements Trust {

        /** The file's name, never the passphrase. */
        @Override
        public String toString() {
            return "Store[file=" + file + "]";
        }
    }

    /**
     * These certificates.
     *
     * @param certificates at least one
     */
    record Given(List<X509Certificate> certificates) implements Trust {

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Given {
            certificates = List.copyOf(certificates);
            TlsConfig.require(!certificates.isEmpty(), "tls.ca: expected at least one certificate, found none");
        }
    }
}
