package org.mailwright.smtp.distribution.config;

import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.distribution.config.ConfigKey.Need;

/**
 * The values of one table of a file, each of its key's type.
 *
 * @param table which table
 * @param line the line of its head; 0 when the file does not have it
 * @param raw the values as they are in the file
 * @param lines the line of each of them
 */
record ConfigValues(ConfigTable table, int line, Map<String, Object> raw, Map<String, Integer> lines) {

    /** The values of a table that a file does not have. */
    static ConfigValues absent(ConfigTable table, Map<String, Object> values) {
        return new ConfigValues(table, 0, values, Map.of());
    }

    /** The value of a key that has a default, or must be there. */
    <T> T get(ConfigKey<T> key) {
        return key.type()
                .read(raw.getOrDefault(key.name(), key.sample()))
                .orElseThrow(() -> new IllegalStateException(table.fullName(key.name()) + " was not checked"));
    }

    /** The value of a key that may have none. */
    <T> Optional<T> find(ConfigKey<T> key) {
        Object value = key.need() == Need.OPTIONAL ? raw.get(key.name()) : raw.getOrDefault(key.name(), key.sample());
        return Optional.ofNullable(value).flatMap(key.type()::read);
    }

    /** The line of a key, or of the table's head when the key is left out. */
    int line(ConfigKey<?> key) {
        return lines.getOrDefault(key.name(), line);
    }
}
