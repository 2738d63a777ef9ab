package org.mailwright.smtp.distribution.config;

/**
 * One key of the configuration file.
 *
 * @param <T> what its value is to the program
 * @param name its name within its table
 * @param type what its value may be
 * @param need what happens when it is left out
 * @param sample the default as it would be written in a file (text, whole number, truth value, list); for a key without
 *     a default an example
 * @param help one line that says what it is for
 * @since 0.1.0
 */
public record ConfigKey<T>(String name, ConfigType<T> type, Need need, Object sample, String help) {

    /** What happens when a key is left out. */
    public enum Need {
        /** Its default is taken. */
        DEFAULT,
        /** It has no value. */
        OPTIONAL,
        /** The file is wrong. */
        REQUIRED
    }

    /** A key; its sample must be of its type. */
    public ConfigKey {
        if (type.read(sample).isEmpty()) {
            throw new IllegalArgumentException(name + ": expected " + type.expected() + ", found " + sample);
        }
    }

    static <T> ConfigKey<T> key(String name, ConfigType<T> type, Object fallback, String help) {
        return new ConfigKey<>(name, type, Need.DEFAULT, fallback, help);
    }

    static <T> ConfigKey<T> optional(String name, ConfigType<T> type, Object example, String help) {
        return new ConfigKey<>(name, type, Need.OPTIONAL, example, help);
    }

    static <T> ConfigKey<T> required(String name, ConfigType<T> type, Object example, String help) {
        return new ConfigKey<>(name, type, Need.REQUIRED, example, help);
    }
}
