package org.mailwright.smtp.core.address;

/**
 * What MAIL names: the mailbox to which failures are reported, or the null path (RFC 5321 §4.1.1.2).
 *
 * <p>A source route before the mailbox is checked and left out, as RFC 5321 §4.1.1.3 and appendix C ask.
 *
 * @since 0.1.0
 */
public sealed interface ReversePath permits NullPath, Mailbox {
    /**
     * The path that a text is.
     *
     * @param text the path in its angle brackets and nothing else; UTF-8 is allowed
     * @return the null path or a mailbox
     * @throws AddressSyntaxException if it is none
     */
    static ReversePath parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(PathSyntax.reversePath(in));
    }

    /**
     * Reads a path out of a longer text, such as a command line.
     *
     * @param text any text
     * @param from where the opening bracket stands
     * @param utf8 whether characters outside ASCII are allowed (RFC 6531)
     * @return the path and the index after its closing bracket, or the fault
     * @throws IndexOutOfBoundsException if {@code from} is not a position in the text or its end
     */
    static Scan<ReversePath> scan(String text, int from, boolean utf8) {
        Cursor in = new Cursor(text, from);
        return in.scanned(PathSyntax.reversePath(in), utf8);
    }

    /**
     * The path as written on the wire.
     *
     * @return with its angle brackets, at most 256 octets in UTF-8
     */
    String path();

    /**
     * Whether the path is written in ASCII alone, so that it may be sent without SMTPUTF8.
     *
     * @return true for the null path
     */
    boolean isAscii();
}
