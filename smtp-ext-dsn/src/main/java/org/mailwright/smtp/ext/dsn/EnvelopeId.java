package org.mailwright.smtp.ext.dsn;

import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Xtext;

/**
 * The name that a sender has given to an envelope, to know it again in a report (RFC 3461 §4.4). It means nothing to
 * anybody else.
 *
 * @param value printable US-ASCII, blanks included, not empty; at most {@value #LONGEST} characters as xtext
 * @since 0.1.0
 */
public record EnvelopeId(String value) {

    /** The most characters on the wire (RFC 3461 §4.4). */
    public static final int LONGEST = 100;

    /** Checks the value. */
    public EnvelopeId {
        if (value.isEmpty() || !Ascii.isPrintable(value)) {
            throw new IllegalArgumentException("an ENVID is printable US-ASCII and not empty");
        }
        if (Xtext.encode(value).length() > LONGEST) {
            throw new IllegalArgumentException("an ENVID is at most " + LONGEST + " characters as xtext");
        }
    }

    /** Returns what some xtext stands for; empty when it is none, or cannot be an ENVID. */
    static Optional<EnvelopeId> read(String xtext) {
        return xtext.length() > LONGEST
                ? Optional.empty()
                : Xtext.decodePrintable(xtext)
                        .filter(text -> !text.isEmpty() && Xtext.encode(text).length() <= LONGEST)
                        .map(EnvelopeId::new);
    }

    /** Tells whether it is an identifier, "@" and the host that it is of, as tracking wants it (RFC 3885 §3.2). */
    boolean namesHost() {
        int at = value.lastIndexOf('@');
        return at > 0 && at < value.length() - 1;
    }

    /** Returns the xtext. */
    String written() {
        return Xtext.encode(value);
    }

    /** Returns the value. */
    @Override
    public String toString() {
        return value;
    }
}
