package org.mailwright.smtp.core.address;

import org.mailwright.smtp.core.address.AddressFault.Kind;

/**
 * A mailbox, {@code local-part@host} (RFC 5321 §4.1.2): where mail comes from and where it goes.
 *
 * <p>Two mailboxes are equal when their local parts have the same content, in the same case, and their hosts are equal,
 * whatever their case and whether in A-labels or U-labels.
 *
 * @param localPart who, as the host understands it
 * @param host where
 * @since 0.1.0
 */
public record Mailbox(LocalPart localPart, Host host) implements ReversePath, ForwardPath {
    /** The most octets of a mailbox in its written form: a path of 256 less its brackets (RFC 5321 §4.5.3.1.3). */
    public static final int MAX_OCTETS = 254;

    /**
     * Checks the length.
     *
     * @throws AddressSyntaxException if the two together exceed {@value #MAX_OCTETS} octets
     */
    public Mailbox {
        if (!fits(localPart, host)) {
            throw new AddressSyntaxException(
                    new AddressFault(Kind.TOO_LONG, 0, "at most " + MAX_OCTETS + " octets in a mailbox"));
        }
    }

    /**
     * The mailbox that a text is.
     *
     * @param text {@code local-part@host} and nothing else; UTF-8 is allowed
     * @return the mailbox
     * @throws AddressSyntaxException if it is none
     */
    public static Mailbox parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(PathSyntax.mailbox(in));
    }

    /**
     * Reads a mailbox out of a longer text, such as the argument of VRFY.
     *
     * @param text any text
     * @param from where the mailbox starts
     * @param utf8 whether characters outside ASCII are allowed (RFC 6531)
     * @return the mailbox and where it ended, or the fault
     * @throws IndexOutOfBoundsException if {@code from} is not a position in the text or its end
     */
    public static Scan<Mailbox> scan(String text, int from, boolean utf8) {
        Cursor in = new Cursor(text, from);
        return in.scanned(PathSyntax.mailbox(in), utf8);
    }

    static boolean fits(LocalPart localPart, Host host) {
        return localPart.writtenOctets() + 1 + host.octets() <= MAX_OCTETS;
    }

    @Override
    public String path() {
        return "<" + localPart + "@" + host + ">";
    }

    @Override
    public boolean isAscii() {
        return localPart.isAscii() && host.isAscii();
    }

    /** The mailbox as written on the wire, without angle brackets. */
    @Override
    public String toString() {
        return localPart + "@" + host;
    }
}
