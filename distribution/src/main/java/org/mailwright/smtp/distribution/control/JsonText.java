package org.mailwright.smtp.distribution.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON of an answer: strings, whole numbers, booleans, lists and objects. */
final class JsonText {
    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * Reads an object; members that are null are left out.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Map<String, Object> object(String text) {
        JsonText json = new JsonText(text);
        Map<String, Object> object = json.members(0);
        json.require(json.at == text.length());
        return object;
    }

    private Map<String, Object> members(int depth) {
        require(depth < DEEPEST);
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        if (taken('}')) {
            return members;
        }
        do {
            String name = string();
            expect(':');
            value(depth).ifPresent(value -> members.put(name, value));
        } while (taken(','));
        expect('}');
        return members;
    }

    private List<Object> elements(int depth) {
        require(depth < DEEPEST);
        List<Object> elements = new ArrayList<>();
        expect('[');
        if (taken(']')) {
            return elements;
        }
        do {
            elements.add(value(depth).orElse(""));
        } while (taken(','));
        expect(']');
        return elements;
    }

    private Optional<Object> value(int depth) {
        return switch (peek()) {
            case '{' -> Optional.of(members(depth + 1));
            case '[' -> Optional.of(elements(depth + 1));
            case '"' -> Optional.of(string());
            case 't' -> word("true", Optional.of(true));
            case 'f' -> word("false", Optional.of(false));
            case 'n' -> word("null", Optional.empty());
            default -> Optional.of(number());
        };
    }

    private Optional<Object> word(String word, Optional<Object> value) {
        require(text.startsWith(word, at));
        at += word.length();
        return value;
    }

    private long number() {
        int from = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.parseLong(text, from, at, 10);
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        expect('"');
        for (char c = next(); c != '"'; c = next()) {
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = next();
            switch (escaped) {
                case '"', '\\' -> out.append(escaped);
                case 'u' -> {
                    require(at + 4 <= text.length());
                    out.append((char) Integer.parseInt(text, at, at + 4, 16));
                    at += 4;
                }
                default -> require(false);
            }
        }
        return out.toString();
    }

    private char peek() {
        require(at < text.length());
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private boolean taken(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        require(next() == c);
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not the JSON of an answer, from character " + at + " on");
        }
    }
}
