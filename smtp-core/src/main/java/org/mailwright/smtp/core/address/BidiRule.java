package org.mailwright.smtp.core.address;

/** The rule of RFC 5893 §2 for labels that have a right-to-left character. */
final class BidiRule {
    private BidiRule() {}

    static boolean holds(String label) {
        if (label.codePoints().noneMatch(BidiRule::isRightToLeft)) {
            return true;
        }
        byte first = Character.getDirectionality(label.codePointAt(0));
        boolean startsRight = first == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || first == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        boolean european = has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER);
        boolean arabic = has(label, Character.DIRECTIONALITY_ARABIC_NUMBER);
        return startsRight
                && !(european && arabic)
                && label.codePoints().allMatch(BidiRule::isAllowed)
                && endsRight(label);
    }

    private static boolean has(String label, byte direction) {
        return label.codePoints().anyMatch(codePoint -> Character.getDirectionality(codePoint) == direction);
    }

    private static boolean isRightToLeft(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                    Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
                    Character.DIRECTIONALITY_NONSPACING_MARK -> true;
            default -> false;
        };
    }

    /** The last character but for marks is right-to-left or a number. */
    private static boolean endsRight(String label) {
        int end = label.length();
        while (end > 0) {
            int codePoint = label.codePointBefore(end);
            byte direction = Character.getDirectionality(codePoint);
            if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
                return isRightToLeft(codePoint) || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
            }
            end -= Character.charCount(codePoint);
        }
        return false;
    }
}
