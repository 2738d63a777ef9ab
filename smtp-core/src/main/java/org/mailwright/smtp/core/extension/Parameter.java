package org.mailwright.smtp.core.extension;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * A parameter of MAIL or RCPT: its keyword, the attribute in which its value is kept, and its syntax in both
 * directions.
 *
 * @param <T> the type of the value
 * @param keyword upper case
 * @param key where the value is kept
 * @param syntax reads and writes the value
 * @since 0.1.0
 */
public record Parameter<T>(String keyword, AttributeKey<T> key, Syntax<T> syntax) {

    /** Makes the keyword upper case. */
    public Parameter {
        keyword = keyword.toUpperCase(Locale.ROOT);
    }

    /**
     * Returns a parameter that must have a value; what cannot be read is answered 501 5.5.4.
     *
     * @param read makes a value of what stands behind "="; empty when it makes no sense
     * @param write the reverse of it
     */
    public static <T> Parameter<T> of(
            String keyword, AttributeKey<T> key, Function<String, Optional<T>> read, Function<T, String> write) {
        SmtpException bad = SmtpException.of(501, "5.5.4", keyword + ": missing or bad value");
        return new Parameter<>(keyword, key, new Syntax<>() {
            @Override
            public T parse(Optional<String> value) throws SmtpException {
                return value.flatMap(read).orElseThrow(() -> bad);
            }

            @Override
            public Optional<String> render(T value) {
                return Optional.of(write.apply(value));
            }
        });
    }

    /** Returns a parameter without a value, kept as true; one with a value is answered 501 5.5.4. */
    public static Parameter<Boolean> flag(String keyword, AttributeKey<Boolean> key) {
        SmtpException bad = SmtpException.of(501, "5.5.4", keyword + " has no value");
        return new Parameter<>(keyword, key, new Syntax<>() {
            @Override
            public Boolean parse(Optional<String> value) throws SmtpException {
                if (value.isPresent()) {
                    throw bad;
                }
                return true;
            }

            @Override
            public Optional<String> render(Boolean value) {
                return Optional.empty();
            }

            @Override
            public boolean takes(Boolean value) {
                return value;
            }
        });
    }

    /** Tells whether another parameter adds values to this one: same keyword, same key, and both are partial. */
    public boolean sharedWith(Parameter<?> other) {
        return keyword.equals(other.keyword) && key == other.key && syntax.isPartial() && other.syntax.isPartial();
    }

    /**
     * Returns a parameter with the values of this one and of another.
     *
     * @throws IllegalArgumentException when they are not {@linkplain #sharedWith shared}
     */
    public Parameter<T> or(Parameter<T> other) {
        if (!sharedWith(other)) {
            throw new IllegalArgumentException("parameter " + keyword + " cannot be shared");
        }
        return new Parameter<>(keyword, key, new Either<>(syntax, other.syntax));
    }

    /** Reads and writes the value of a parameter. */
    public interface Syntax<T> {

        /**
         * Reads a value.
         *
         * @param value what stands behind "="; empty when there is no "="
         * @throws SmtpException mostly 501 5.5.4
         */
        T parse(Optional<String> value) throws SmtpException;

        /** Writes a value, as it stands behind "="; empty when there is none. */
        Optional<String> render(T value);

        /** Tells whether there may be values that it does not know, which other extensions add (BODY=BINARYMIME). */
        default boolean isPartial() {
            return false;
        }

        /** Tells whether it knows this value; of another extension's it neither reads nor writes any. */
        default boolean takes(T value) {
            return true;
        }
    }

    private record Either<T>(Syntax<T> first, Syntax<T> second) implements Syntax<T> {
        @Override
        public T parse(Optional<String> value) throws SmtpException {
            try {
                return first.parse(value);
            } catch (SmtpException notOfTheFirst) {
                return second.parse(value);
            }
        }

        @Override
        public Optional<String> render(T value) {
            return first.takes(value) ? first.render(value) : second.render(value);
        }

        @Override
        public boolean isPartial() {
            return true;
        }

        @Override
        public boolean takes(T value) {
            return first.takes(value) || second.takes(value);
        }
    }
}
