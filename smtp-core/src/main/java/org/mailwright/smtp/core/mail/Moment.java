package org.mailwright.smtp.core.mail;

/**
 * Where in the dialogue with a peer an {@link Outcome} came about.
 *
 * @since 0.1.0
 */
public enum Moment {
    /** Before the greeting: the connection, implicit TLS, the greeting itself. */
    CONNECT,
    /** The answer to EHLO, HELO or LHLO. */
    HELLO,
    /** A step between EHLO and the first mail: STARTTLS, AUTH. */
    STEP,
    /** On this side, before anything of the mail was sent. */
    PREPARE,
    /** The answer to MAIL. */
    MAIL,
    /** The answer to RCPT. */
    RCPT,
    /** The answer to DATA. */
    DATA,
    /** The content, and the answer to its end. */
    CONTENT
}
