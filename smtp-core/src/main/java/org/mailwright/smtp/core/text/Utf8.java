package org.mailwright.smtp.core.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * UTF-8 as RFC 3629 has it: no over-long form, no surrogate, nothing past U+10FFFF, and no silent replacement.
 *
 * <p>Characters become octets only here, and always as UTF-8. Narrowing a character to its low octet would make a line
 * end of U+560A, and so a command of an address.
 *
 * @since 0.1.0
 */
public final class Utf8 {
    private Utf8() {}

    /**
     * The text that some octets stand for.
     *
     * @param octets holds the octets
     * @param offset the first of them
     * @param length how many
     * @return empty when they are not well-formed UTF-8
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static Optional<String> decode(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (isAscii(octets, offset, length)) {
            return Optional.of(new String(octets, offset, length, StandardCharsets.US_ASCII));
        }
        try {
            ByteBuffer source = ByteBuffer.wrap(octets, offset, length);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(source).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /**
     * The text that some octets stand for.
     *
     * @param octets all of them are decoded
     * @return empty when they are not well-formed UTF-8
     */
    public static Optional<String> decode(byte[] octets) {
        return decode(octets, 0, octets.length);
    }

    /**
     * The octets of a text.
     *
     * @param text well-formed text
     * @return a new array
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, which has no UTF-8 form
     */
    public static byte[] encode(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("The text holds an unpaired surrogate, which UTF-8 cannot carry");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether a text has no unpaired surrogate, so that UTF-8 can carry it.
     *
     * @param text any text
     * @return true also for an empty text
     */
    public static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int codePoint = Character.codePointAt(text, i);
                if (!Character.isSupplementaryCodePoint(codePoint)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * The number of octets of a text in UTF-8.
     *
     * @param text any text; an unpaired surrogate counts as three octets
     * @return at least the number of characters
     */
    public static int length(CharSequence text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                octets++;
            } else if (character < 0x800) {
                octets += 2;
            } else if (Character.isSupplementaryCodePoint(Character.codePointAt(text, i))) {
                octets += 4;
                i++;
            } else {
                octets += 3;
            }
        }
        return octets;
    }

    /**
     * Whether a code point outside ASCII may stand in an address or another argument.
     *
     * <p>RFC 6531 admits any non-ASCII character. Not admitted here are those that some software takes for a line end
     * or that mark a fault of decoding: the C1 controls (NEL among them), U+2028, U+2029, surrogates, noncharacters and
     * the replacement character U+FFFD.
     *
     * @param codePoint any number
     * @return false for ASCII and for what is no code point at all
     */
    public static boolean isNonAsciiText(int codePoint) {
        if (codePoint < 0xA0 || codePoint > Character.MAX_CODE_POINT) {
            return false;
        }
        boolean lineEnd = codePoint == 0x2028 || codePoint == 0x2029;
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        boolean noncharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        return !lineEnd && !surrogate && !noncharacter && codePoint != 0xFFFD;
    }

    private static boolean isAscii(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
