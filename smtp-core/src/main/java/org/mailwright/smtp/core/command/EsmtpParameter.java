package org.mailwright.smtp.core.command;

import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of MAIL or RCPT as it stands on the line: a keyword and perhaps a value (RFC 5321 §4.1.2,
 * {@code esmtp-param}).
 *
 * @param keyword letters, digits, hyphens; made upper case
 * @param value printable without blank and "="; UTF-8 beyond US-ASCII (RFC 6531 §3.3)
 * @since 0.1.0
 */
public record EsmtpParameter(String keyword, Optional<String> value) {

    /** Checks both parts. */
    public EsmtpParameter {
        if (!isKeyword(keyword)) {
            throw new IllegalArgumentException("not a parameter keyword: " + keyword.length() + " characters");
        }
        if (value.isPresent() && !isValue(value.get())) {
            throw new IllegalArgumentException(
                    "the value of " + keyword + " holds a blank, \"=\" or control character");
        }
        keyword = keyword.toUpperCase(Locale.ROOT);
    }

    /** Returns a parameter without value. */
    public static EsmtpParameter of(String keyword) {
        return new EsmtpParameter(keyword, Optional.empty());
    }

    /** Returns a parameter with a value. */
    public static EsmtpParameter of(String keyword, String value) {
        return new EsmtpParameter(keyword, Optional.of(value));
    }

    static boolean isKeyword(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && !(c == '-' && i > 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '=' || (c >= 127 && c < 160) || c == '\u2028' || c == '\u2029') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Returns the parameter as it stands on the line. */
    @Override
    public String toString() {
        return value.map(v -> keyword + "=" + v).orElse(keyword);
    }
}
