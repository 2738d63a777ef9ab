package org.mailwright.smtp.distribution.config;

/**
 * When a listener speaks TLS.
 *
 * @since 0.1.0
 */
public enum ListenerTls {
    /** Never. */
    NONE,
    /** When the client asks for it (RFC 3207). */
    STARTTLS,
    /** From the first octet (RFC 8314). */
    IMPLICIT
}
