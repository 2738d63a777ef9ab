package org.mailwright.smtp.core.address;

import org.mailwright.smtp.core.address.AddressFault.Kind;
import org.mailwright.smtp.core.text.Ascii;

/**
 * An address literal of a form other than IPv4 and IPv6, {@code [tag:content]} (RFC 5321 §4.1.3).
 *
 * <p>No tag but {@code IPv6} is registered today, so such a literal leads nowhere yet; a server may refuse it.
 *
 * @param tag letters, digits and hyphens; equal in either case
 * @param content printable ASCII without space, brackets and backslash
 * @since 0.1.0
 */
public record GeneralLiteral(String tag, String content) implements AddressLiteral {
    /**
     * Checks the grammar and the length.
     *
     * @throws AddressSyntaxException if the two do not make a general literal, as with the tag {@code IPv6}
     */
    public GeneralLiteral {
        if (!LiteralSyntax.isGeneral(tag, content)) {
            throw new AddressSyntaxException(new AddressFault(Kind.SYNTAX, 0, LiteralSyntax.EXPECTED));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeneralLiteral that
                && Ascii.equalsIgnoreCase(tag, that.tag)
                && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return 31 * Ascii.lower(tag).hashCode() + content.hashCode();
    }

    /** The literal as it was written. */
    @Override
    public String toString() {
        return "[" + tag + ":" + content + "]";
    }
}
