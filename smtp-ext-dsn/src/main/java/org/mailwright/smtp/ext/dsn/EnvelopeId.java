package org.mailwright.smtp.ext.dsn;

import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Xtext;

/**
 * The name that a sender has given to an envelope, to know it again in a report (RFC 3461 §4.4). It means nothing to
 * anybody else.
 *
 * @param value printable US-ASCII, blanks included, not empty
 * @param xtext the same as it stands on the line, at most {@value #LONGEST} characters: it goes on as it came (RFC 3461
 *     §5.2.1), whatever of it is encoded without need
 * @since 0.1.0
 */
public record EnvelopeId(String value, String xtext) {

    /** The most characters on the wire (RFC 3461 §4.4). */
    public static final int LONGEST = 100;

    /** Checks both. */
    public EnvelopeId {
        if (value.isEmpty() || !Ascii.isPrintable(value)) {
            throw new IllegalArgumentException("an ENVID is printable US-ASCII and not empty");
        }
        if (xtext.length() > LONGEST) {
            throw new IllegalArgumentException("an ENVID is at most " + LONGEST + " characters as xtext");
        }
        if (!Xtext.decode(xtext).equals(Optional.of(value))) {
            throw new IllegalArgumentException("the xtext of an ENVID stands for something else");
        }
    }

    /** An identifier of one's own. */
    public EnvelopeId(String value) {
        this(value, Xtext.encode(value));
    }

    /** Returns what some xtext stands for; empty when it is none, or cannot be an ENVID. */
    static Optional<EnvelopeId> read(String xtext) {
        return xtext.length() > LONGEST
                ? Optional.empty()
                : Xtext.decodePrintable(xtext).filter(text -> !text.isEmpty()).map(text -> new EnvelopeId(text, xtext));
    }

    /** Tells whether it is an identifier, "@" and the host that it is of, as tracking wants it (RFC 3885 §3.2). */
    boolean namesHost() {
        int at = value.lastIndexOf('@');
        return at > 0 && at < value.length() - 1;
    }

    /** Returns the value. */
    @Override
    public String toString() {
        return value;
    }
}
