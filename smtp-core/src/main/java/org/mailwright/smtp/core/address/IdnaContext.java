package org.mailwright.smtp.core.address;

import java.lang.Character.UnicodeScript;

/** The characters that a label may have in some surroundings only (RFC 5892 appendix A). */
final class IdnaContext {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private IdnaContext() {}

    /** CONTEXTJ and CONTEXTO of RFC 5892. */
    static boolean isContextual(int codePoint) {
        return switch (codePoint) {
            case NON_JOINER, JOINER, 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB -> true;
            default -> isArabicDigit(codePoint) || isExtendedArabicDigit(codePoint);
        };
    }

    /** Whether the contextual character at an index is in the right surroundings; false for any other character. */
    static boolean allows(String label, int index) {
        int codePoint = label.codePointAt(index);
        int before = index > 0 ? label.codePointBefore(index) : Cursor.END;
        int next = index + Character.charCount(codePoint);
        int after = next < label.length() ? label.codePointAt(next) : Cursor.END;
        return switch (codePoint) {
            case JOINER -> isVirama(before);
            case NON_JOINER -> isVirama(before) || (isJoining(before) && isJoining(after));
            case 0xB7 -> before == 'l' && after == 'l';
            case 0x375 -> isOf(after, UnicodeScript.GREEK);
            case 0x5F3, 0x5F4 -> isOf(before, UnicodeScript.HEBREW);
            case 0x30FB -> label.codePoints().anyMatch(IdnaContext::isJapanese);
            default -> allowsDigit(label, codePoint);
        };
    }

    /** Arabic-Indic digits and their extended forms do not mix: they look alike. */
    private static boolean allowsDigit(String label, int codePoint) {
        if (isArabicDigit(codePoint)) {
            return label.codePoints().noneMatch(IdnaContext::isExtendedArabicDigit);
        }
        return isExtendedArabicDigit(codePoint) && label.codePoints().noneMatch(IdnaContext::isArabicDigit);
    }

    private static boolean isArabicDigit(int codePoint) {
        return codePoint >= 0x660 && codePoint <= 0x669;
    }

    private static boolean isExtendedArabicDigit(int codePoint) {
        return codePoint >= 0x6F0 && codePoint <= 0x6F9;
    }

    private static boolean isVirama(int codePoint) {
        return codePoint >= 0 && IdnaLabel.isVirama(codePoint);
    }

    /** The platform tells no joining types; the scripts whose letters join stand in for them. */
    private static boolean isJoining(int codePoint) {
        if (codePoint < 0) {
            return false;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case ARABIC, SYRIAC, MANDAIC, NKO, MONGOLIAN, ADLAM, HANIFI_ROHINGYA -> Character.isLetter(codePoint);
            default -> false;
        };
    }

    private static boolean isJapanese(int codePoint) {
        return switch (UnicodeScript.of(codePoint)) {
            case HIRAGANA, KATAKANA, HAN -> true;
            default -> false;
        };
    }

    private static boolean isOf(int codePoint, UnicodeScript script) {
        return codePoint >= 0 && UnicodeScript.of(codePoint) == script;
    }
}
