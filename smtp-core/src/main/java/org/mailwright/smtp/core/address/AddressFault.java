package org.mailwright.smtp.core.address;

import java.io.Serializable;

/**
 * Why a text is not the address it should be: what kind of fault, where, and what was expected there.
 *
 * <p>Nothing of the text is repeated here, so a fault may go into a reply or a log as it is.
 *
 * @param kind how the fault is to be answered
 * @param position index of the character, counted from the start of the text that was given; its length for its end
 * @param expected what could have stood there, in plain English and ASCII
 * @since 0.1.0
 */
public record AddressFault(Kind kind, int position, String expected) implements Serializable {
    /**
     * The kinds of fault that are answered differently.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** The grammar of RFC 5321 does not allow it: 501 with 5.1.3 or 5.1.7. */
        SYNTAX,
        /** It is longer than RFC 5321 §4.5.3.1 allows: 501 with 5.1.3 or 5.1.7. */
        TOO_LONG,
        /**
         * All is well but for characters outside ASCII where only US-ASCII is taken: 550 or 553 with 5.6.7 (RFC 6531
         * §3.5).
         */
        NOT_ASCII
    }

    /**
     * The fault as a sentence for people.
     *
     * @return printable ASCII without a line end
     */
    public String message() {
        return switch (kind) {
            case SYNTAX -> "Bad address syntax at character " + (position + 1) + ": expected " + expected;
            case TOO_LONG -> "Address too long: expected " + expected;
            case NOT_ASCII -> "Address with characters outside ASCII: expected " + expected;
        };
    }
}
