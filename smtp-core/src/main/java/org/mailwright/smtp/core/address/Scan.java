package org.mailwright.smtp.core.address;

/**
 * What reading one value out of a longer text came to: the value and where it ended, or a fault.
 *
 * @param <T> what was to be read
 * @since 0.1.0
 */
public sealed interface Scan<T> {
    /**
     * The value, and where the text goes on. What follows it is for the caller to judge: after a path, a space or the
     * end of the line.
     *
     * @param value what was read
     * @param end index of the first character after it
     * @param <T> what was to be read
     * @since 0.1.0
     */
    record Found<T>(T value, int end) implements Scan<T> {}

    /**
     * There is no such value at that place.
     *
     * @param fault the first fault that was met
     * @param <T> what was to be read
     * @since 0.1.0
     */
    record Refused<T>(AddressFault fault) implements Scan<T> {}

    /**
     * The value, for callers to whom a fault is a mistake of the program.
     *
     * @return the value that was found
     * @throws AddressSyntaxException if the text was refused
     */
    default T orElseThrow() {
        return switch (this) {
            case Found<T> found -> found.value();
            case Refused<T> refused -> throw new AddressSyntaxException(refused.fault());
        };
    }
}
