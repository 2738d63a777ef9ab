package org.mailwright.smtp.relay;

/**
 * How much a destination's mail is protected on its way.
 *
 * @since 0.1.0
 */
public enum TlsLevel {
    /** Mail goes in clear. */
    NONE,
    /** TLS where it is offered and works, else mail goes in clear (RFC 7435). */
    OPPORTUNISTIC,
    /** Nothing is sent without TLS; any certificate will do. */
    REQUIRED,
    /** Nothing is sent without TLS to a host whose certificate is trusted and bears its name. */
    VERIFIED
}
