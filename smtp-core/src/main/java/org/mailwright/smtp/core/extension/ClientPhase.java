package org.mailwright.smtp.core.extension;

/**
 * When a {@link ClientStep} is asked, in this order.
 *
 * @since 0.1.0
 */
public enum ClientPhase {
    /** First of all: TLS. */
    SECURE,
    /** Tells who the connection speaks for (XCLIENT). */
    INTRODUCE,
    /** Proves who the client is (AUTH). */
    AUTHENTICATE,
    /** Whatever else is to be said before the first mail (ETRN). */
    READY
}
