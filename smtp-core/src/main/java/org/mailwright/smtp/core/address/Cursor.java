package org.mailwright.smtp.core.address;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressFault.Kind;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/**
 * One pass over a text: the place that was reached, and the first fault that was met.
 *
 * <p>Every {@code read} of this package takes a cursor and answers its value, or empty after {@link #fail}. UTF-8 is
 * always read and only noted; whether it was allowed is asked at the very end, so that its absence is known to be the
 * only fault.
 */
final class Cursor {
    /** What {@link #peek} answers past the last character. */
    static final int END = -1;

    private static final AddressFault NO_FAULT = new AddressFault(Kind.SYNTAX, 0, "an address");

    private final String text;
    private int position;
    private int firstNonAscii = -1;
    private AddressFault fault = NO_FAULT;

    Cursor(String text, int from) {
        if (from < 0 || from > text.length()) {
            throw new IndexOutOfBoundsException("No position " + from + " in a text of " + text.length());
        }
        this.text = text;
        this.position = from;
    }

    int position() {
        return position;
    }

    int peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    void skip() {
        position++;
    }

    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    /** Whether an ASCII word stands here, in either case; moves past it if so. */
    boolean takeWord(String word) {
        int end = position + word.length();
        if (end > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char character = text.charAt(position + i);
            if (character != word.charAt(i) && (!Ascii.isLetter(character) || (character ^ word.charAt(i)) != 0x20)) {
                return false;
            }
        }
        position = end;
        return true;
    }

    /** Moves past one character outside ASCII; false, with the fault noted, when it may not stand in an address. */
    boolean takeNonAscii() {
        int codePoint = text.codePointAt(position);
        if (!Utf8.isNonAsciiText(codePoint)) {
            fail("no control character, line end or broken UTF-8");
            return false;
        }
        if (firstNonAscii < 0) {
            firstNonAscii = position;
        }
        position += Character.charCount(codePoint);
        return true;
    }

    String since(int start) {
        return text.substring(start, position);
    }

    <T> Optional<T> fail(String expected) {
        return fail(Kind.SYNTAX, position, expected);
    }

    <T> Optional<T> fail(Kind kind, int at, String expected) {
        fault = new AddressFault(kind, at, expected);
        return Optional.empty();
    }

    /** What a read came to when more may follow it. */
    <T> Scan<T> scanned(Optional<T> value, boolean utf8) {
        if (value.isEmpty()) {
            return new Scan.Refused<>(fault);
        }
        if (firstNonAscii >= 0 && !utf8) {
            return new Scan.Refused<>(new AddressFault(
                    Kind.NOT_ASCII, firstNonAscii, "ASCII, for MAIL does not say that the mail is internationalized"));
        }
        return new Scan.Found<>(value.get(), position);
    }

    /** What a read came to when nothing may follow it; UTF-8 is allowed. */
    <T> T whole(Optional<T> value) {
        if (value.isPresent() && position < text.length()) {
            Optional<T> surplus = fail("the end of the text");
            return scanned(surplus, true).orElseThrow();
        }
        return scanned(value, true).orElseThrow();
    }
}
