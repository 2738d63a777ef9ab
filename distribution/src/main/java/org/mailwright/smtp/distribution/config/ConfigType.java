package org.mailwright.smtp.distribution.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What the value of a key may be.
 *
 * @param <T> what it is to the program
 * @param expected what a person is told who wrote something else; reads on from "expected"
 * @param reader makes a value of the file (text, whole number, number, truth value, list) into a value of the program,
 *     or finds that it is none
 * @param fault what more there is to say of a value that is none; empty when that it is none says all
 * @since 0.1.0
 */
public record ConfigType<T>(
        String expected, Function<Object, Optional<T>> reader, Function<Object, Optional<String>> fault) {

    /** A type whose values are right or wrong, and no more is to be said. */
    public ConfigType(String expected, Function<Object, Optional<T>> reader) {
        this(expected, reader, value -> Optional.empty());
    }

    /** The value, or nothing when it is not of this type. */
    public Optional<T> read(Object value) {
        return reader.apply(value);
    }
}
