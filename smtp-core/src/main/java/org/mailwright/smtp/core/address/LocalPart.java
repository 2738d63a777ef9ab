package org.mailwright.smtp.core.address;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressFault.Kind;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/**
 * The part of a mailbox to the left of the {@code @} (RFC 5321 §4.1.2), held without quotes and escapes.
 *
 * <p>All ways to quote the same content are the same local part: {@code "user"}, {@code "us\er"} and {@code user} are
 * equal. Case matters, as RFC 5321 §2.4 has it; only the host of the mailbox may think otherwise, for which there is
 * {@link #equalsIgnoreCase}. Unicode is compared code point by code point, without normalisation.
 *
 * @since 0.1.0
 */
public final class LocalPart {
    /**
     * The most octets of content, in UTF-8: what fits a path. RFC 5321 §4.5.3.1.1 obliges to take 64; the return paths
     * of lists and forwarders are longer.
     */
    public static final int MAX_OCTETS = 252;

    private static final boolean[] ATEXT = atext();

    private final String content;
    private final boolean ascii;
    private final boolean dotString;

    private LocalPart(String content, boolean ascii, boolean dotString) {
        this.content = content;
        this.ascii = ascii;
        this.dotString = dotString;
    }

    /**
     * The local part with a given content.
     *
     * @param content the content without quotes and escapes, 1 to {@value #MAX_OCTETS} octets
     * @return a local part that is written with quotes only if it has to be
     * @throws AddressSyntaxException if the content is empty, too long, or holds a control character
     */
    public static LocalPart of(String content) {
        Cursor in = new Cursor(content, 0);
        while (in.peek() != Cursor.END) {
            if (Ascii.isPrintable(in.peek())) {
                in.skip();
            } else if (in.peek() <= 0x7F) {
                return in.whole(in.fail("no control character"));
            } else if (!in.takeNonAscii()) {
                return in.whole(Optional.empty());
            }
        }
        return in.whole(bounded(in, 0, content, isDotString(content)));
    }

    /**
     * The local part that a text is, in either of its two written forms.
     *
     * @param text a dot-string or a quoted string and nothing else
     * @return the local part
     * @throws AddressSyntaxException if it is neither
     */
    public static LocalPart parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(read(in));
    }

    static Optional<LocalPart> read(Cursor in) {
        return in.peek() == '"' ? readQuoted(in) : readDotString(in);
    }

    private static Optional<LocalPart> readDotString(Cursor in) {
        int start = in.position();
        boolean afterAtom = false;
        while (true) {
            int character = in.peek();
            if (isAtext(character)) {
                in.skip();
                afterAtom = true;
            } else if (character == '.' && afterAtom) {
                in.skip();
                afterAtom = false;
            } else if (character > 0x7F) {
                if (!in.takeNonAscii()) {
                    return Optional.empty();
                }
                afterAtom = true;
            } else {
                break;
            }
        }
        if (!afterAtom) {
            return in.fail(in.position() == start ? "a local part" : "a letter, digit or sign after the dot");
        }
        return bounded(in, start, in.since(start), true);
    }

    private static Optional<LocalPart> readQuoted(Cursor in) {
        int start = in.position();
        StringBuilder content = new StringBuilder();
        in.skip();
        while (!in.take('"')) {
            int character = in.peek();
            if (character > 0x7F) {
                int from = in.position();
                if (!in.takeNonAscii()) {
                    return Optional.empty();
                }
                content.append(in.since(from));
                continue;
            }
            if (character == '\\') {
                in.skip();
                character = in.peek();
            }
            if (!Ascii.isPrintable(character)) {
                return in.fail(character == Cursor.END ? "a closing quote" : "a printable character");
            }
            content.append((char) character);
            in.skip();
        }
        return bounded(in, start, content.toString(), isDotString(content));
    }

    private static Optional<LocalPart> bounded(Cursor in, int start, String content, boolean dotString) {
        int octets = Utf8.length(content);
        if (octets == 0) {
            return in.fail(Kind.SYNTAX, start, "at least one character before the @");
        }
        if (octets > MAX_OCTETS) {
            return in.fail(Kind.TOO_LONG, start, "at most " + MAX_OCTETS + " octets before the @");
        }
        return Optional.of(new LocalPart(content, octets == content.length(), dotString));
    }

    private static boolean isDotString(CharSequence content) {
        boolean afterAtom = false;
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            if (isAtext(character) || character > 0x7F) {
                afterAtom = true;
            } else if (character == '.' && afterAtom) {
                afterAtom = false;
            } else {
                return false;
            }
        }
        return afterAtom;
    }

    private static boolean isAtext(int character) {
        return character >= 0 && character < 0x80 && ATEXT[character];
    }

    private static boolean[] atext() {
        boolean[] atext = new boolean[0x80];
        for (int c = 0; c < atext.length; c++) {
            atext[c] = Ascii.isLetter(c) || Ascii.isDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
        }
        return atext;
    }

    /**
     * The content without quotes and escapes: what to look a user up by. It may hold spaces, quotes, slashes and
     * anything else that is printable, so it is no file name.
     *
     * @return 1 to {@value #MAX_OCTETS} octets in UTF-8
     */
    public String content() {
        return content;
    }

    /**
     * Whether the content is ASCII alone.
     *
     * @return false when it can be sent only with SMTPUTF8
     */
    public boolean isAscii() {
        return ascii;
    }

    int writtenOctets() {
        return ascii && dotString ? content.length() : Utf8.length(toString());
    }

    /**
     * Whether two local parts differ at most in case, as most hosts treat their own.
     *
     * @param other the other local part
     * @return true also for equal ones
     */
    public boolean equalsIgnoreCase(LocalPart other) {
        return content.equalsIgnoreCase(other.content);
    }

    /** Whether the other object is a local part with the same content, however it was quoted. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LocalPart that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** The shortest correct written form: a dot-string where that is possible, else a quoted string. */
    @Override
    public String toString() {
        if (dotString) {
            return content;
        }
        StringBuilder quoted = new StringBuilder(content.length() + 4).append('"');
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\');
            }
            quoted.append(character);
        }
        return quoted.append('"').toString();
    }
}
