package org.mailwright.smtp.core.mail;

/**
 * What a listener is for.
 *
 * @since 0.1.0
 */
public enum Role {
    /** Takes mail for local domains from anyone (RFC 5321). */
    MX,
    /** Takes mail to anywhere from authenticated users (RFC 6409). */
    SUBMISSION,
    /** Takes mail for local mailboxes from a queue next door, one reply per recipient (RFC 2033). */
    LMTP
}
