package org.mailwright.smtp.core.attribute;

import java.util.Optional;
import java.util.function.Function;

/**
 * Names a typed value that an extension keeps, with the scope at whose end the core clears it. Two keys are the same
 * only if they are the same object, so no two extensions can meet by accident.
 *
 * @param <T> the type of the value
 * @since 0.1.0
 */
public final class AttributeKey<T> {

    /** Writes a value as text that survives the queue, and reads it back. */
    public record Codec<T>(Function<T, String> write, Function<String, T> read) {}

    private final String name;
    private final Scope scope;
    private final Optional<Codec<T>> codec;
    private final boolean endsAtLists;

    private AttributeKey(String name, Scope scope, Optional<Codec<T>> codec, boolean endsAtLists) {
        this.name = name;
        this.scope = scope;
        this.codec = codec;
        this.endsAtLists = endsAtLists;
    }

    /** Returns a new key for values that live in memory only. */
    public static <T> AttributeKey<T> of(String name, Scope scope) {
        return new AttributeKey<>(name, scope, Optional.empty(), false);
    }

    /**
     * Returns a new key for values that are stored with the mail and sent on by the client half.
     *
     * @param name unique among all extensions that are installed together
     * @param scope {@link Scope#TRANSACTION} or {@link Scope#RECIPIENT}
     */
    public static <T> AttributeKey<T> durable(String name, Scope scope, Codec<T> codec) {
        return new AttributeKey<>(name, scope, Optional.of(codec), false);
    }

    /**
     * Returns a new key for values of a mail that are stored as those of {@link #durable} are, and are between its
     * sender and those whom he wrote to: what a mailing list sends to its members goes out without them (RFC 3461
     * §5.2.7.1).
     */
    public static <T> AttributeKey<T> durableUpToLists(String name, Codec<T> codec) {
        return new AttributeKey<>(name, Scope.TRANSACTION, Optional.of(codec), true);
    }

    /** Returns the name, for the log and the queue. */
    public String name() {
        return name;
    }

    /** Returns when the core forgets the value. */
    public Scope scope() {
        return scope;
    }

    /** Returns how the value survives the queue, if it does. */
    public Optional<Codec<T>> codec() {
        return codec;
    }

    /** Tells whether the value stays behind where a mailing list sends the mail to its members. */
    public boolean endsAtLists() {
        return endsAtLists;
    }

    @Override
    public String toString() {
        return name;
    }
}
