package org.mailwright.smtp.ext.tls;

import java.util.Locale;

/**
 * How much a client insists on TLS.
 *
 * @since 0.1.0
 */
public enum TlsMode {
    /** TLS is not used even where it is offered. */
    NONE,
    /** TLS is used where it is offered, with any certificate; mail goes in clear otherwise (RFC 7435). */
    OPPORTUNISTIC,
    /** Nothing is sent without TLS; any certificate will do. */
    REQUIRED,
    /** Nothing is sent without TLS to a server whose certificate is trusted and bears its name (RFC 9525). */
    VERIFIED;

    /** The value of {@code tls.mode} that names this choice. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a conversation without TLS must not go on. */
    public boolean insists() {
        return this == REQUIRED || this == VERIFIED;
    }
}
