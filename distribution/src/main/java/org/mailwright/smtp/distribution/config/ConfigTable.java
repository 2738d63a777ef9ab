package org.mailwright.smtp.distribution.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table of the configuration file.
 *
 * @param path its name, {@code ""} for the keys at the top
 * @param repeated whether it is an array of tables, {@code [[path]]}
 * @param help one line that says what it is for
 * @param keys its keys in the order in which they are shown
 * @param defaults the entries of a repeated table when a file has none
 * @since 0.1.0
 */
public record ConfigTable(
        String path, boolean repeated, String help, List<ConfigKey<?>> keys, List<Map<String, Object>> defaults) {

    static ConfigTable table(String path, String help, ConfigKey<?>... keys) {
        return new ConfigTable(path, false, help, Arrays.asList(keys), List.of());
    }

    static ConfigTable repeated(String path, String help, List<Map<String, Object>> defaults, ConfigKey<?>... keys) {
        return new ConfigTable(path, true, help, Arrays.asList(keys), defaults);
    }

    /** The key of that name. */
    Optional<ConfigKey<?>> key(String name) {
        for (ConfigKey<?> key : keys) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** A key's full name, as problems tell it. */
    String fullName(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** How the table's head is written. */
    String head() {
        return repeated ? "[[" + path + "]]" : path.isEmpty() ? "the top of the file" : "[" + path + "]";
    }
}
