package org.mailwright.smtp.distribution.config;

/**
 * Whether a client is asked for a certificate.
 *
 * @since 0.1.0
 */
public enum ClientCertificates {
    /** No. */
    NONE,
    /** Yes, and it may have none. */
    REQUEST,
    /** Yes, and without one there is no connection. */
    REQUIRE
}
