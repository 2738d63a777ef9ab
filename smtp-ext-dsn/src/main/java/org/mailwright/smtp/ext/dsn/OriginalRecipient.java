package org.mailwright.smtp.ext.dsn;

import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Xtext;

/**
 * Whom the sender meant, whoever the mail went to in the end (RFC 3461 §4.2; RFC 6533 §3 for internationalized
 * addresses).
 *
 * @param type of the address: {@code rfc822}, {@code utf-8}, or another that IANA knows; an atom
 * @param encoded the address as it came: xtext, or for {@code utf-8} with embedded Unicode; see {@link #address}
 * @since 0.1.0
 */
public record OriginalRecipient(String type, String encoded) {

    /** The most characters of type and address on the wire (RFC 3461 §4.2). */
    public static final int LONGEST = 500;

    /** The type of ordinary addresses. */
    public static final String RFC822 = "rfc822";

    /** The type of internationalized addresses. */
    public static final String UTF8 = "utf-8";

    private static final String ATOM_EXTRAS = "!#$%&'*+-/?^_`{|}~"; // "=" cannot stand in a parameter's value

    /** Checks both. */
    public OriginalRecipient {
        if (!fits(type, encoded)) {
            throw new IllegalArgumentException(
                    "ORCPT is an atom and an encoded, printable address, up to " + LONGEST + " characters together");
        }
    }

    /** Returns the original recipient with this address, which is plain text. */
    public static OriginalRecipient of(String type, String address) {
        return new OriginalRecipient(type, encode(type, address));
    }

    /** Reads {@code addr-type;xtext}; empty when it is anything else. */
    static Optional<OriginalRecipient> read(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) {
            return Optional.empty();
        }
        String type = value.substring(0, semicolon);
        String encoded = value.substring(semicolon + 1);
        return fits(type, encoded) ? Optional.of(new OriginalRecipient(type, encoded)) : Optional.empty();
    }

    /** Returns the address: without control characters, US-ASCII and perhaps empty unless it {@link #isUtf8}. */
    public String address() {
        return decode(type, encoded).orElseThrow();
    }

    /** Tells whether the address may have characters beyond US-ASCII. */
    boolean isUtf8() {
        return internationalized(type);
    }

    /** Returns the same as it stands on the line of a mail with SMTPUTF8: what is beyond US-ASCII stands for itself. */
    OriginalRecipient inUtf8() {
        return isUtf8() ? new OriginalRecipient(type, EmbeddedUnicode.encodeAscii(address())) : this;
    }

    /** Returns the same in US-ASCII. */
    OriginalRecipient inAscii() {
        return isUtf8() ? new OriginalRecipient(type, EmbeddedUnicode.encode(address())) : this;
    }

    /**
     * Returns type and address as they stand on the line: as they came, for they go on unchanged (RFC 3461 §5.2.1),
     * unless that was longer than it needs to be.
     */
    String written() {
        String asItCame = type + ";" + encoded;
        return asItCame.length() <= LONGEST ? asItCame : type + ";" + encode(type, address());
    }

    private static boolean fits(String type, String encoded) {
        return isAtom(type)
                && decode(type, encoded)
                        .filter(address -> (type + ";" + encode(type, address)).length() <= LONGEST)
                        .isPresent();
    }

    private static Optional<String> decode(String type, String encoded) {
        return (internationalized(type) ? EmbeddedUnicode.decode(encoded) : Xtext.decodePrintable(encoded))
                .filter(address -> !(address.isEmpty() && internationalized(type)))
                .filter(address -> Command.firstControl(address) < 0);
    }

    private static String encode(String type, String address) {
        return internationalized(type) ? EmbeddedUnicode.encode(address) : Xtext.encode(address);
    }

    private static boolean internationalized(String type) {
        return Ascii.equalsIgnoreCase(type, UTF8);
    }

    private static boolean isAtom(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> Ascii.isLetter(c) || Ascii.isDigit(c) || ATOM_EXTRAS.indexOf(c) >= 0);
    }

    /** Returns the form of the report's field Original-Recipient: the type, ";" and the address. */
    @Override
    public String toString() {
        return type + ";" + address();
    }
}
