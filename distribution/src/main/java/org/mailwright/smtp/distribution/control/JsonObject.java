package org.mailwright.smtp.distribution.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of a JSON object while it is written: in one line and in US-ASCII, so that it is safe on every terminal and
 * the same in every character set.
 */
final class JsonObject {

    /** Characters of one string: the rest of a longer one is left out, for each line of an answer is bounded. */
    private static final int LONGEST = 2000;

    private final StringBuilder text = new StringBuilder(300).append('{');

    JsonObject with(String name, String value) {
        return raw(name, string(value));
    }

    JsonObject with(String name, Optional<String> value) {
        return raw(name, value.map(JsonObject::string).orElse("null"));
    }

    JsonObject with(String name, long value) {
        return raw(name, Long.toString(value));
    }

    JsonObject with(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    JsonObject with(String name, Instant value) {
        return raw(name, string(value.toString()));
    }

    JsonObject with(String name, List<Long> values) {
        return raw(name, values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }

    JsonObject with(String name, JsonObject value) {
        return raw(name, value.text());
    }

    private JsonObject raw(String name, String value) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append(string(name)).append(':').append(value);
        return this;
    }

    String text() {
        return text + "}";
    }

    private static String string(String value) {
        boolean cut = value.length() > LONGEST;
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < (cut ? LONGEST : value.length()); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.append(cut ? "\\u2026\"" : "\"").toString();
    }
}
