package org.mailwright.smtp.ext.tls;

/**
 * A version of TLS that may be spoken; older ones are gone (RFC 8996) and cannot be configured.
 *
 * @since 0.1.0
 */
public enum TlsVersion {
    /** RFC 5246, with the suites of RFC 9325 only. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String key;

    TlsVersion(String key) {
        this.key = key;
    }

    /** The name that the JDK and {@code tls.protocols} use, such as {@code TLSv1.3}. */
    public String key() {
        return key;
    }
}
