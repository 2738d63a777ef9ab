package org.mailwright.smtp.core.address;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressFault.Kind;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/**
 * A domain name as RFC 5321 §4.1.2 writes it: labels of letters, digits and hyphens, or U-labels (RFC 6531), with dots
 * between them and none at the end.
 *
 * <p>Equal to any other writing of the same name: ASCII letters in either case, A-labels and U-labels alike. The
 * written form is kept for {@link #toString()}. Labels have 1 to 63 octets as A-labels, the name at most 255. The last
 * label is never all digits, for then it would be an IPv4 address without brackets.
 *
 * <p>U-labels are checked by the rules of IDNA2008 (RFC 5892, RFC 5893) with the Unicode tables of the running
 * platform, after small letters and normal form C (RFC 5895 §2, points 1 and 3). So {@code ß}, {@code ς} and the
 * joiners are kept apart from what IDNA2003 made of them. Two limits: zero-width non-joiners between letters are
 * admitted by script and not by joining type, and the right-to-left rule is applied to those labels alone that have a
 * right-to-left character. Labels that start with {@code xn--} but stand for no valid U-label are plain letters, digits
 * and hyphens.
 *
 * @since 0.1.0
 */
public final class Domain implements Host {
    /** The most octets of a label in ASCII (RFC 1035 §2.3.4). */
    public static final int MAX_LABEL_OCTETS = 63;

    private final String written;
    private final String canonical;
    private final boolean ascii;

    private Domain(String written, String canonical, boolean ascii) {
        this.written = written;
        this.canonical = canonical;
        this.ascii = ascii;
    }

    /**
     * The domain that a text is; labels outside ASCII are allowed.
     *
     * @param text the domain and nothing else
     * @return the domain
     * @throws AddressSyntaxException if it is none
     */
    public static Domain parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(read(in));
    }

    static Optional<Domain> read(Cursor in) {
        int start = in.position();
        boolean upper = false;
        boolean unicode = false;
        boolean numeric;
        int labelStart;
        do {
            labelStart = in.position();
            numeric = true;
            boolean labelUnicode = false;
            int last = Cursor.END;
            while (true) {
                int character = in.peek();
                if (Ascii.isLetter(character)) {
                    numeric = false;
                    upper |= character <= 'Z';
                } else if (character > 0x7F) {
                    if (!in.takeNonAscii()) {
                        return Optional.empty();
                    }
                    numeric = false;
                    labelUnicode = true;
                    last = character;
                    continue;
                } else if (character == '-' && last != Cursor.END) {
                    numeric = false;
                } else if (!Ascii.isDigit(character)) {
                    break;
                }
                in.skip();
                last = character;
            }
            if (last == Cursor.END || last == '-') {
                return in.fail(last == '-' ? "a letter or digit after the hyphen" : domainExpected(in, start));
            }
            if (!labelUnicode && in.position() - labelStart > MAX_LABEL_OCTETS) {
                return in.fail(Kind.TOO_LONG, labelStart, "at most " + MAX_LABEL_OCTETS + " octets in a label");
            }
            unicode |= labelUnicode;
        } while (in.take('.'));
        if (numeric) {
            return in.fail(Kind.SYNTAX, labelStart, "a domain, or an IP address in brackets");
        }
        String written = in.since(start);
        return unicode ? international(in, start, written) : plain(in, start, written, upper);
    }

    private static String domainExpected(Cursor in, int start) {
        return in.position() == start ? "a domain or an address literal" : "a letter or digit after the dot";
    }

    private static Optional<Domain> plain(Cursor in, int start, String written, boolean upper) {
        return written.length() <= MAX_OCTETS
                ? Optional.of(new Domain(written, upper ? Ascii.lower(written) : written, true))
                : tooLong(in, start);
    }

    private static Optional<Domain> international(Cursor in, int start, String written) {
        if (Utf8.length(written) > MAX_OCTETS) {
            return tooLong(in, start);
        }
        Optional<String> canonical = Idna.toAscii(written);
        if (canonical.isEmpty()) {
            return in.fail(Kind.SYNTAX, start, "a domain whose labels are valid under IDNA2008");
        }
        return canonical.get().length() <= MAX_OCTETS
                ? Optional.of(new Domain(written, canonical.get(), false))
                : tooLong(in, start);
    }

    private static Optional<Domain> tooLong(Cursor in, int start) {
        return in.fail(Kind.TOO_LONG, start, "at most " + MAX_OCTETS + " octets in a domain");
    }

    /**
     * The one name for all writings of this domain: A-labels in small letters. What to look up, and the key to store a
     * domain under.
     *
     * @return ASCII, at most 255 octets
     */
    public String canonical() {
        return canonical;
    }

    /**
     * The domain with A-labels, as it can be sent without SMTPUTF8.
     *
     * @return this object if it is ASCII already, else an equal one
     */
    public Domain toAscii() {
        return ascii ? this : new Domain(canonical, canonical, true);
    }

    /**
     * The name of a host as it can be sent before it is known what the other side takes (RFC 6531 §3.7.1).
     *
     * @param name a name in US-ASCII or an address literal, which stay as they are; or a domain with U-labels
     * @throws AddressSyntaxException when it is beyond US-ASCII and no domain
     */
    public static String asciiName(String name) {
        return Ascii.isAscii(name) ? name : parse(name).toAscii().toString();
    }

    /**
     * The domain with U-labels, for people to read; A-labels that stand for no valid U-label stay.
     *
     * @return in small letters and normal form C if it has a U-label, else as written
     */
    public String toUnicode() {
        String unicode = Idna.toUnicode(canonical);
        return unicode.equals(canonical) ? written : unicode;
    }

    @Override
    public boolean isAscii() {
        return ascii;
    }

    @Override
    public int octets() {
        return ascii ? written.length() : Utf8.length(written);
    }

    /** Whether the other object is the same name, in whatever writing. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Domain that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** The domain as it was written. */
    @Override
    public String toString() {
        return written;
    }
}
