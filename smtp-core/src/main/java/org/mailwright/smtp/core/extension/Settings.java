package org.mailwright.smtp.core.extension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the configuration tells one extension: the table {@code [extension.ID]}, read-only and typed. Every error is an
 * {@link IllegalArgumentException} that names the key and says what was expected and what was found.
 *
 * @since 0.1.0
 */
public final class Settings {

    private final String table;
    private final Map<String, Object> values;

    private Settings(String table, Map<String, Object> values) {
        this.table = table;
        this.values = Map.copyOf(values);
    }

    /**
     * Returns settings of these values.
     *
     * @param table the name of the table, for messages, such as "extension.SIZE"
     * @param values strings, {@link Long}, {@link Boolean}, lists and maps of them
     */
    public static Settings of(String table, Map<String, Object> values) {
        return new Settings(table, values);
    }

    /** Returns the keys that were given. */
    public Set<String> keys() {
        return values.keySet();
    }

    /**
     * Requires that no other keys were given: an extension calls this first, so that a slip of the pen is told.
     *
     * @throws IllegalArgumentException naming the first that is unknown
     */
    public Settings only(String... known) {
        Set<String> left = new TreeSet<>(values.keySet());
        left.removeAll(Set.of(known));
        if (!left.isEmpty()) {
            String expected = known.length == 0 ? "no keys here" : String.join(", ", known);
            throw new IllegalArgumentException(
                    table + "." + left.iterator().next() + ": unknown key; expected " + expected);
        }
        return this;
    }

    /** Returns a text. */
    public Optional<String> text(String key) {
        return read(key, "a text", value -> value instanceof String text ? Optional.of(text) : Optional.empty());
    }

    /** Returns true or false. */
    public Optional<Boolean> flag(String key) {
        return read(
                key, "true or false", value -> value instanceof Boolean flag ? Optional.of(flag) : Optional.empty());
    }

    /** Returns a whole number within bounds. */
    public Optional<Long> number(String key, long least, long most) {
        return read(
                key,
                "a whole number from " + least + " to " + most,
                value -> value instanceof Long number && number >= least && number <= most
                        ? Optional.of(number)
                        : Optional.empty());
    }

    /** Returns a number of octets, 0 or more: a plain number, or a text such as "50MiB". */
    public Optional<Long> size(String key) {
        return read(key, "a size such as \"50MiB\" or a number of octets", value -> switch (value) {
            case Long octets -> Optional.of(octets).filter(number -> number >= 0);
            case String text -> Quantity.octets(text);
            default -> Optional.empty();
        });
    }

    /** Returns a span of time, more than none: a text such as "30s", "5m", "1h" or "100ms". */
    public Optional<Duration> duration(String key) {
        return read(
                key,
                "a duration such as \"30s\", \"5m\" or \"1h\"",
                value -> value instanceof String text ? Quantity.span(text) : Optional.empty());
    }

    /** Returns a list of texts; one text may stand without brackets. */
    public Optional<List<String>> texts(String key) {
        return read(key, "a list of texts", value -> {
            List<String> texts = new ArrayList<>();
            for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                if (!(one instanceof String text)) {
                    return Optional.empty();
                }
                texts.add(text);
            }
            return Optional.of(List.copyOf(texts));
        });
    }

    /** Returns a table within this one. */
    public Optional<Settings> table(String key) {
        return read(
                key,
                "a table",
                value -> value instanceof Map<?, ?> map
                        ? Optional.of(new Settings(table + "." + key, Quantity.byText(map)))
                        : Optional.empty());
    }

    /**
     * Returns a value of a type of one's own.
     *
     * @param expected completes "expected …"
     * @param reader returns empty for what it cannot read
     */
    public <T> Optional<T> read(String key, String expected, Function<Object, Optional<T>> reader) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> read = reader.apply(value);
        if (read.isEmpty()) {
            String found = value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
            throw new IllegalArgumentException(table + "." + key + ": expected " + expected + ", found " + found);
        }
        return read;
    }

    /** Returns the name of the table and its keys; values may be secret. */
    @Override
    public String toString() {
        return table + " " + new TreeSet<>(values.keySet());
    }
}
