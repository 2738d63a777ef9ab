package org.mailwright.smtp.core.attribute;

/**
 * How long a value that an extension keeps is remembered.
 *
 * @since 0.1.0
 */
public enum Scope {
    /** Until the connection ends. */
    CONNECTION,
    /** Until the connection ends or switches to TLS, which forgets everything said before (RFC 3207 §4.2). */
    TLS_EPOCH,
    /** Until the mail transaction ends: mail accepted or refused, RSET, EHLO. */
    TRANSACTION,
    /** With one recipient of the mail transaction. */
    RECIPIENT
}
