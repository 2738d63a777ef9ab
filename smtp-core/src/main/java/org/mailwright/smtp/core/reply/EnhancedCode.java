package org.mailwright.smtp.core.reply;

import java.util.Optional;

/**
 * An enhanced mail system status code (RFC 3463), such as {@code 5.1.1}.
 *
 * <p>The named codes of the registry are in {@link EnhancedStatus}.
 *
 * @param kind the class: 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject what the status is about, 0 to 999
 * @param detail the status itself, 0 to 999
 * @since 0.1.0
 */
public record EnhancedCode(int kind, int subject, int detail) {
    private static final int HIGHEST = 999;

    /**
     * Checks the bounds of RFC 3463 §2.
     *
     * @throws IllegalArgumentException if the class is not 2, 4 or 5, or another number is outside 0 to 999
     */
    public EnhancedCode {
        if (kind != 2 && kind != 4 && kind != 5) {
            throw new IllegalArgumentException("The class of an enhanced status code is 2, 4 or 5, not " + kind);
        }
        if (subject < 0 || subject > HIGHEST || detail < 0 || detail > HIGHEST) {
            throw new IllegalArgumentException(
                    "Subject and detail of an enhanced status code are 0 to 999, not " + subject + " and " + detail);
        }
    }

    /**
     * The code that a text is.
     *
     * @param text the code and nothing else
     * @return empty when it is none: another class, leading zeros, missing or surplus parts
     */
    public static Optional<EnhancedCode> parse(String text) {
        return scan(text).filter(code -> code.toString().length() == text.length());
    }

    /**
     * The code at the start of a reply's text (RFC 2034 §4), where a space or the end follows it.
     *
     * @param text the text of a reply line after its three digits and separator
     * @return empty when the text does not start with a code; else one whose {@code toString()} is as long as what
     *     stands in the text
     */
    public static Optional<EnhancedCode> leading(String text) {
        return scan(text).filter(code -> {
            int end = code.toString().length();
            return end == text.length() || text.charAt(end) == ' ';
        });
    }

    private static Optional<EnhancedCode> scan(String text) {
        if (text.length() < 5 || text.charAt(1) != '.') {
            return Optional.empty();
        }
        char kind = text.charAt(0);
        int subjectEnd = numberEnd(text, 2);
        if ((kind != '2' && kind != '4' && kind != '5')
                || subjectEnd < 0
                || subjectEnd >= text.length()
                || text.charAt(subjectEnd) != '.') {
            return Optional.empty();
        }
        int detailEnd = numberEnd(text, subjectEnd + 1);
        if (detailEnd < 0) {
            return Optional.empty();
        }
        int subject = Integer.parseInt(text, 2, subjectEnd, 10);
        int detail = Integer.parseInt(text, subjectEnd + 1, detailEnd, 10);
        return Optional.of(new EnhancedCode(kind - '0', subject, detail));
    }

    /** Where one to three digits without a leading zero end, or a negative number when there are none. */
    private static int numberEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 4 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        int digits = end - from;
        boolean leadingZero = digits > 1 && text.charAt(from) == '0';
        return digits >= 1 && digits <= 3 && !leadingZero ? end : -1;
    }

    /**
     * Whether the code may stand in a reply (RFC 2034 §4): its class is the first digit of the reply code.
     *
     * @param replyCode a reply code of three digits
     * @return false for any reply code of the classes 1 and 3, which carry no enhanced code
     */
    public boolean fits(int replyCode) {
        return replyCode / 100 == kind;
    }

    /**
     * The same subject and detail in another class, for a failure that turns from temporary to permanent.
     *
     * @param otherKind 2, 4 or 5
     * @return a code that differs at most in its class
     * @throws IllegalArgumentException if the class is not 2, 4 or 5
     */
    public EnhancedCode withKind(int otherKind) {
        return otherKind == kind ? this : new EnhancedCode(otherKind, subject, detail);
    }

    /** The code as it is written in a reply: three decimal numbers with dots between them, no leading zeros. */
    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
