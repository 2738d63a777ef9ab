package org.mailwright.smtp.core.text;

/**
 * The characters of US-ASCII and their case, free of any locale.
 *
 * <p>SMTP compares its verbs, keywords and domains in ASCII (RFC 5321 §2.4). The case rules of the platform know more:
 * they make a {@code k} of the Kelvin sign and differ by locale, so the protocol does not use them.
 *
 * @since 0.1.0
 */
public final class Ascii {
    private Ascii() {}

    /**
     * Whether every character is below U+0080.
     *
     * @param text any text
     * @return true also for an empty text
     */
    public static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether every character is printable ASCII, the space included (U+0020 to U+007E).
     *
     * @param text any text
     * @return true also for an empty text
     */
    public static boolean isPrintable(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a character is printable ASCII, the space included.
     *
     * @param character a character, a code point, or a negative number for none
     * @return true from U+0020 to U+007E
     */
    public static boolean isPrintable(int character) {
        return character >= 0x20 && character <= 0x7E;
    }

    /**
     * Whether a character is an ASCII letter.
     *
     * @param character a character, a code point, or a negative number for none
     * @return true for A to Z and a to z
     */
    public static boolean isLetter(int character) {
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /**
     * Whether a character is an ASCII digit.
     *
     * @param character a character, a code point, or a negative number for none
     * @return true for 0 to 9
     */
    public static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /**
     * The text with A to Z made small and every other character as it was.
     *
     * @param text any text
     * @return the same object when there was nothing to change
     */
    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpper(text.charAt(i))) {
                return lowerFrom(text, i);
            }
        }
        return text;
    }

    private static String lowerFrom(String text, int first) {
        char[] characters = text.toCharArray();
        for (int i = first; i < characters.length; i++) {
            if (isUpper(characters[i])) {
                characters[i] = (char) (characters[i] | 0x20);
            }
        }
        return new String(characters);
    }

    /**
     * Whether two texts are the same but for the case of A to Z.
     *
     * @param one any text
     * @param other any text
     * @return true when they have the same length and the same characters, ASCII letters in either case
     */
    public static boolean equalsIgnoreCase(CharSequence one, CharSequence other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            int difference = one.charAt(i) ^ other.charAt(i);
            if (difference != 0 && (difference != 0x20 || !isLetter(one.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpper(char character) {
        return character >= 'A' && character <= 'Z';
    }
}
