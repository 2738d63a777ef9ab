package org.mailwright.smtp.ext.tls;

import java.util.Locale;

/**
 * What a server asks of the client's certificate.
 *
 * @since 0.1.0
 */
public enum ClientAuth {
    /** Not asked for. */
    NONE,
    /** Asked for; a client without one is welcome, one whose certificate is not trusted is not. */
    REQUEST,
    /** Asked for; without a trusted certificate the handshake fails. */
    REQUIRE;

    /** The value of {@code tls.client-auth} that names this choice. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
