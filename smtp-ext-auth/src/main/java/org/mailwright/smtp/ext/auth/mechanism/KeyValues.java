package org.mailwright.smtp.ext.auth.mechanism;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The list {@code key=value ^A key=value ^A ^A} of both token mechanisms (RFC 7628 section 3.1). */
final class KeyValues {

    private static final char SEPARATOR = 1;

    private KeyValues() {}

    /** Reads a list; empty when it is not ended by two separators, a part is no pair or a key comes twice. */
    static Optional<Map<String, String>> parse(String text) {
        if (text.length() < 2
                || text.charAt(text.length() - 1) != SEPARATOR
                || text.charAt(text.length() - 2) != SEPARATOR) {
            return Optional.empty();
        }
        Map<String, String> pairs = new HashMap<>();
        for (String part : text.substring(0, text.length() - 2).split("\1", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || !key(part.substring(0, equals)) || !value(part.substring(equals + 1))) {
                return Optional.empty();
            }
            if (pairs.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }

    private static boolean key(String text) {
        return text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }

    private static boolean value(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c != 0x7F) || c == '\t' || c == '\r' || c == '\n');
    }
}
