package org.mailwright.smtp.core.text;

import java.util.Arrays;
import java.util.Optional;

/**
 * The xtext encoding of RFC 3461 §4, in which parameter values such as ENVID, ORCPT and AUTH travel.
 *
 * <p>Printable ASCII except {@code +} and {@code =} stands for itself; any other octet is {@code +} and two upper-case
 * hexadecimal digits. So xtext can carry a line end, and whoever decodes must not pass one on: {@link #decodePrintable}
 * is the form to use for a value that will be written anywhere.
 *
 * @since 0.1.0
 */
public final class Xtext {
    private static final String HEX = "0123456789ABCDEF";

    private Xtext() {}

    /**
     * The xtext of a text, whose characters are taken as UTF-8.
     *
     * @param text well-formed text of any length
     * @return printable ASCII without space, {@code =}, and with {@code +} only before two hexadecimal digits
     * @throws IllegalArgumentException if the text holds an unpaired surrogate
     */
    public static String encode(String text) {
        byte[] octets = Utf8.encode(text);
        StringBuilder out = new StringBuilder(octets.length + 8);
        for (byte octet : octets) {
            int value = octet & 0xFF;
            if (isPlain(value)) {
                out.append((char) value);
            } else {
                out.append('+').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xF));
            }
        }
        return out.toString();
    }

    /**
     * The text that some xtext stands for; it may hold control characters and line ends.
     *
     * @param xtext what the peer sent; may be empty
     * @return empty when it is not xtext (lower-case hexadecimal digits included) or its octets are not UTF-8
     */
    public static Optional<String> decode(String xtext) {
        byte[] octets = new byte[xtext.length()];
        int length = 0;
        for (int i = 0; i < xtext.length(); i++) {
            char character = xtext.charAt(i);
            if (character == '+') {
                int high = digit(xtext, i + 1);
                int low = digit(xtext, i + 2);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                octets[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (isPlain(character)) {
                octets[length++] = (byte) character;
            } else {
                return Optional.empty();
            }
        }
        return Utf8.decode(Arrays.copyOf(octets, length));
    }

    /**
     * The text that some xtext stands for, when all of it is printable ASCII (spaces included).
     *
     * <p>RFC 3461 §4.4 allows nothing else in an ENVID; a line end in it would end up in a report.
     *
     * @param xtext what the peer sent; may be empty
     * @return empty when it is not xtext or stands for anything but U+0020 to U+007E
     */
    public static Optional<String> decodePrintable(String xtext) {
        return decode(xtext).filter(Ascii::isPrintable);
    }

    private static boolean isPlain(int character) {
        return character > 0x20 && character < 0x7F && character != '+' && character != '=';
    }

    private static int digit(String xtext, int index) {
        return index < xtext.length() ? HEX.indexOf(xtext.charAt(index)) : -1;
    }
}
