package org.mailwright.smtp.distribution.config;

/**
 * What a listener is for.
 *
 * @since 0.1.0
 */
public enum ListenerRole {
    /** Takes mail from other hosts for the local domains. */
    MX,
    /** Takes mail from users who have logged in (RFC 6409). */
    SUBMISSION,
    /** Takes mail from a mail server on the same host, one reply per recipient (RFC 2033). */
    LMTP
}
