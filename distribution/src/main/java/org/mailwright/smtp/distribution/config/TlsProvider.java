package org.mailwright.smtp.distribution.config;

/**
 * Whose TLS it is.
 *
 * @since 0.1.0
 */
public enum TlsProvider {
    /** The Java platform's. */
    JSSE,
    /** Bouncy Castle's. */
    BOUNCYCASTLE
}
