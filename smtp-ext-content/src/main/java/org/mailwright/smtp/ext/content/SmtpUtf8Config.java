package org.mailwright.smtp.ext.content;

/**
 * The configuration of SMTPUTF8, for clients.
 *
 * @param detect whether UTF-8 in the header of a mail counts though nobody declared it. Then such a mail is declared to
 *     a peer that takes it, and refused where the peer does not; without, it is sent as it is
 * @since 0.1.0
 */
public record SmtpUtf8Config(boolean detect) {

    /** Detects, as RFC 6531 §3.5 wants it. */
    public static final SmtpUtf8Config DEFAULT = new SmtpUtf8Config(true);
}
