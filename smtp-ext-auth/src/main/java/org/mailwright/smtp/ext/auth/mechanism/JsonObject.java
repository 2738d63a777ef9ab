package org.mailwright.smtp.ext.auth.mechanism;

import java.util.Optional;

/** Writes the flat JSON objects in which token mechanisms say what was wrong. */
final class JsonObject {

    private final StringBuilder text = new StringBuilder("{");

    JsonObject with(String name, String value) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
        quote(value);
        return this;
    }

    JsonObject with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7F) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
