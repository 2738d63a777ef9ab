package org.mailwright.smtp.distribution.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of an answer.
 *
 * @param json its text, in one line and in US-ASCII
 * @param members what it says; what is null is not among it
 * @since 0.1.0
 */
public record Row(String json, Map<String, Object> members) {

    static Row read(String json) {
        return new Row(json, JsonText.object(json));
    }

    /** Returns a string, empty where there is none. */
    public String text(String name) {
        return optional(name).orElse("");
    }

    /** Returns a string. */
    public Optional<String> optional(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns a number, 0 where there is none. */
    public long number(String name) {
        return members.get(name) instanceof Long number ? number : 0;
    }

    /** Returns numbers, none where there are none. */
    public List<Long> numbers(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Long.class::isInstance)
                        .map(Long.class::cast)
                        .toList()
                : List.of();
    }

    /** Tells whether something is true. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** Returns an object within this one, empty where there is none. */
    public Row inner(String name) {
        Map<String, Object> inner = new LinkedHashMap<>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> inner.put(String.valueOf(key), value));
        }
        return new Row("", inner);
    }
}
