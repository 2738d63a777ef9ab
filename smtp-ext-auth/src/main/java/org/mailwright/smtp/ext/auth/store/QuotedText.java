package org.mailwright.smtp.ext.auth.store;

import java.util.Optional;

/** A basic string of TOML 1.0, on one line. */
final class QuotedText {

    private QuotedText() {}

    /** The text between the quotes; empty when there is no such string, or anything but a comment follows it. */
    static Optional<String> parse(String source) {
        if (!source.startsWith("\"")) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < source.length() && source.charAt(i) != '"') {
            char c = source.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return Optional.empty();
            }
            if (c != '\\') {
                text.append(c);
                i++;
                continue;
            }
            int width = escape(source, i + 1, text);
            if (width == 0) {
                return Optional.empty();
            }
            i += 1 + width;
        }
        return i < source.length() && nothingFollows(source, i + 1) ? Optional.of(text.toString()) : Optional.empty();
    }

    /** The text between quotes. */
    static String write(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                quoted.append(String.format("\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Reads what follows a backslash; how many characters that were, or 0 when it is no escape. */
    private static int escape(String source, int at, StringBuilder text) {
        if (at >= source.length()) {
            return 0;
        }
        char c = source.charAt(at);
        int simple = "\"\\btnfr".indexOf(c);
        if (simple >= 0) {
            text.append("\"\\\b\t\n\f\r".charAt(simple));
            return 1;
        }
        int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits == 0 || at + digits >= source.length()) {
            return 0;
        }
        int codePoint = 0;
        for (int i = at + 1; i <= at + digits; i++) {
            int digit = source.charAt(i) < 0x80 ? Character.digit(source.charAt(i), 16) : -1;
            if (digit < 0 || codePoint > Character.MAX_CODE_POINT) {
                return 0;
            }
            codePoint = codePoint * 16 + digit;
        }
        if (codePoint > Character.MAX_CODE_POINT || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
            return 0;
        }
        text.appendCodePoint(codePoint);
        return 1 + digits;
    }

    private static boolean nothingFollows(String source, int from) {
        int i = from;
        while (i < source.length() && (source.charAt(i) == ' ' || source.charAt(i) == '\t')) {
            i++;
        }
        return i == source.length() || source.charAt(i) == '#';
    }
}
