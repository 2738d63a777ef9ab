package org.mailwright.smtp.ext.dsn;

import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;

/**
 * The encoding of internationalized addresses in ORCPT (RFC 6533 §3, {@code utf-8-enc-addr}): {@code \x{HEX}} for what
 * may not stand there by itself. Without it, such an address could not pass a host that knows US-ASCII only.
 */
final class EmbeddedUnicode {

    private static final String HEX = "0123456789ABCDEF";
    private static final String OPENING = "\\x{";
    private static final int MOST_DIGITS = 6;

    private EmbeddedUnicode() {}

    /** Returns the address with all but plain US-ASCII embedded: {@code utf-8-addr-xtext}. */
    static String encode(String address) {
        return encode(address, false);
    }

    /** Returns the address with such US-ASCII embedded as a parameter cannot have: {@code utf-8-addr-unitext}. */
    static String encodeAscii(String address) {
        return encode(address, true);
    }

    private static String encode(String address, boolean utf8) {
        StringBuilder out = new StringBuilder(address.length() + 16);
        address.codePoints().forEach(point -> {
            if (isPlain(point) || (utf8 && point > '~')) {
                out.appendCodePoint(point);
            } else {
                out.append(OPENING).append(String.format("%02X", point)).append('}');
            }
        });
        return out.toString();
    }

    /** Returns the address; characters beyond US-ASCII may stand for themselves. Empty when it is malformed. */
    static Optional<String> decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                int end = text.indexOf('}', at);
                int point = text.startsWith(OPENING, at) && end > 0 ? point(text, at + OPENING.length(), end) : -1;
                if (point < 0) {
                    return Optional.empty();
                }
                out.appendCodePoint(point);
                at = end + 1;
            } else if (isPlain(c) || c > '~') {
                out.append(c);
                at++;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(out.toString());
    }

    private static int point(String text, int from, int end) {
        if (end - from < 2 || end - from > MOST_DIGITS) {
            return -1;
        }
        int point = 0;
        for (int i = from; i < end; i++) {
            int digit = HEX.indexOf(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            point = point << 4 | digit;
        }
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(point) && !surrogate ? point : -1;
    }

    private static boolean isPlain(int c) {
        return Ascii.isPrintable(c) && c != ' ' && c != '+' && c != '=' && c != '\\';
    }
}
