package org.mailwright.smtp.distribution.config;

/**
 * A version of TLS.
 *
 * @since 0.1.0
 */
public enum TlsProtocol {
    /** RFC 5246. */
    TLS_1_2("tls-1.2"),
    /** RFC 8446. */
    TLS_1_3("tls-1.3");

    private final String written;

    TlsProtocol(String written) {
        this.written = written;
    }

    String written() {
        return written;
    }
}
