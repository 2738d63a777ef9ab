package org.mailwright.smtp.core.address;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/** What a U-label may be: RFC 5891 §4.2.3, by the derived properties and contextual rules of RFC 5892. */
final class IdnaLabel {
    /** RFC 5892 §2.6: letters that folding would change, and others that its general rules miss. */
    private static final String VALID_EXCEPTIONS = "\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007";

    private static final String INVALID_EXCEPTIONS = "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";

    /** Canonical combining class 9, after which a joiner may stand (RFC 5892 appendix A.1 and A.2). */
    private static final String VIRAMAS = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA"
            + "\u0E3A\u0EBA\u0F84\u1039\u103A\u1714\u1715\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806"
            + "\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED"
            + "\uD802\uDE3F\uD804\uDC46\uD804\uDC70\uD804\uDC7F\uD804\uDCB9\uD804\uDD33\uD804\uDD34"
            + "\uD804\uDDC0\uD804\uDE35\uD804\uDEEA\uD804\uDF4D\uD805\uDC42\uD805\uDCC2\uD805\uDDBF"
            + "\uD805\uDE3F\uD805\uDEB6\uD805\uDF2B\uD806\uDC39\uD806\uDD3D\uD806\uDD3E\uD806\uDDE0"
            + "\uD806\uDE34\uD806\uDE47\uD806\uDE99\uD807\uDC3F\uD807\uDD44\uD807\uDD45\uD807\uDD97"
            + "\uD807\uDF41\uD807\uDF42";

    private IdnaLabel() {}

    /**
     * Whether a label is a U-label.
     *
     * @param label in small letters, with at least one character outside ASCII
     */
    static boolean isValid(String label) {
        boolean hyphens = label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2);
        if (label.isEmpty() || hyphens || isMark(label.codePointAt(0))) {
            return false;
        }
        if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
            return false;
        }
        for (int i = 0; i < label.length(); i += Character.charCount(label.codePointAt(i))) {
            int codePoint = label.codePointAt(i);
            if (!isProtocolValid(codePoint) && !IdnaContext.allows(label, i)) {
                return false;
            }
        }
        return BidiRule.holds(label);
    }

    /** PVALID of RFC 5892 §3. */
    static boolean isProtocolValid(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint == '-' || (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9');
        }
        if (VALID_EXCEPTIONS.indexOf(codePoint) >= 0) {
            return true;
        }
        return isLetterDigit(codePoint)
                && INVALID_EXCEPTIONS.indexOf(codePoint) < 0
                && !IdnaContext.isContextual(codePoint)
                && !isIgnorable(codePoint)
                && !isOldHangul(codePoint)
                && isStable(codePoint);
    }

    static boolean isVirama(int codePoint) {
        return VIRAMAS.indexOf(codePoint) >= 0;
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isLetterDigit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Default ignorable letters and marks, and the blocks of RFC 5892 §2.4. */
    private static boolean isIgnorable(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x17B4
                || codePoint == 0x17B5
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || (codePoint >= 0x20D0 && codePoint <= 0x20FF)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0x1D100 && codePoint <= 0x1D24F)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }

    private static boolean isOldHangul(int codePoint) {
        return (codePoint >= 0x1100 && codePoint <= 0x11FF)
                || (codePoint >= 0xA960 && codePoint <= 0xA97C)
                || (codePoint >= 0xD7B0 && codePoint <= 0xD7FB);
    }

    /** RFC 5892 §2.2: unchanged by compatibility normalisation and case folding. */
    private static boolean isStable(int codePoint) {
        String character = Character.toString(codePoint);
        String compatible = Normalizer.normalize(character, Normalizer.Form.NFKC);
        return Normalizer.normalize(fold(compatible), Normalizer.Form.NFKC).equals(character);
    }

    /** Case folding by way of capitals; the dotless i and Cherokee are where folding is something else. */
    private static String fold(String text) {
        int first = text.codePointAt(0);
        if (first == 0x131) {
            return text;
        }
        String capitals = text.toUpperCase(Locale.ROOT);
        return UnicodeScript.of(first) == UnicodeScript.CHEROKEE ? capitals : capitals.toLowerCase(Locale.ROOT);
    }
}
