package org.mailwright.smtp.distribution.config;

/**
 * What becomes of a client that names application protocols (RFC 7301).
 *
 * @since 0.1.0
 */
public enum AlpnPolicy {
    /** It must name smtp. */
    STRICT,
    /** smtp is chosen when it is named, and all else ignored. */
    LENIENT
}
