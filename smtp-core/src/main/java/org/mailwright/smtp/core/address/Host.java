package org.mailwright.smtp.core.address;

/**
 * What may stand to the right of the {@code @} and after EHLO: a domain or an address literal (RFC 5321 §4.1.2).
 *
 * @since 0.1.0
 */
public sealed interface Host permits Domain, AddressLiteral {
    /** The most octets a host may have as text, brackets included (RFC 5321 §4.5.3.1.2). */
    int MAX_OCTETS = 255;

    /**
     * The host that a text is; a domain may have labels outside ASCII.
     *
     * @param text the host and nothing else
     * @return a domain, or a literal if the text starts with a bracket
     * @throws AddressSyntaxException if it is neither
     */
    static Host parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(PathSyntax.host(in));
    }

    /**
     * Reads a host out of a longer text.
     *
     * @param text any text
     * @param from where the host starts
     * @param utf8 whether labels outside ASCII are allowed (RFC 6531)
     * @return the host and where it ended, or the fault
     * @throws IndexOutOfBoundsException if {@code from} is not a position in the text or its end
     */
    static Scan<Host> scan(String text, int from, boolean utf8) {
        Cursor in = new Cursor(text, from);
        return in.scanned(PathSyntax.host(in), utf8);
    }

    /**
     * Whether the host is written in ASCII alone, so that it may be sent without SMTPUTF8.
     *
     * @return true for every literal
     */
    boolean isAscii();

    /**
     * The length of the host as written on the wire.
     *
     * @return octets in UTF-8, 1 to {@value #MAX_OCTETS}
     */
    int octets();

    /**
     * The host as written on the wire.
     *
     * @return up to {@value #MAX_OCTETS} octets in UTF-8
     */
    @Override
    String toString();
}
