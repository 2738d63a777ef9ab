package org.mailwright.smtp.distribution.config;

/**
 * Where mail for the local domains ends.
 *
 * @since 0.1.0
 */
public enum LocalDelivery {
    /** In a Maildir per user. */
    MAILDIR,
    /** Nowhere: it is counted. */
    DISCARD
}
