package org.mailwright.smtp.ext.dsn;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.text.Ascii;

/**
 * Of which fates of one recipient's mail the sender wants to hear (RFC 3461 §4.1). Where a recipient has none, the
 * sender hears of failure, and of delay if the server tells of it by itself.
 *
 * @param when empty: of none, {@code NEVER}
 * @since 0.1.0
 */
public record Notify(Set<Condition> when) {

    /** Of none. */
    public static final Notify NEVER = new Notify(Set.of());

    private static final String NONE = "NEVER";

    /** What a sender can hear of. */
    public enum Condition {
        /** It is in the mailbox, or was handed to a host that sends no reports. */
        SUCCESS,
        /** It was given up. */
        FAILURE,
        /** It is late. */
        DELAY
    }

    /** Copies the set. */
    public Notify {
        when = Set.copyOf(when);
    }

    /** Returns a wish to hear of these. */
    public static Notify of(Condition first, Condition... more) {
        return new Notify(EnumSet.of(first, more));
    }

    /** Returns the same wish without this. */
    public Notify without(Condition condition) {
        return new Notify(when.stream().filter(one -> one != condition).collect(Collectors.toUnmodifiableSet()));
    }

    /** Tells whether the sender wants to hear of nothing. */
    public boolean isNever() {
        return when.isEmpty();
    }

    /** Tells whether the sender wants to hear of this. */
    public boolean has(Condition condition) {
        return when.contains(condition);
    }

    /**
     * Reads a list of words; empty when one is unknown, or when NEVER is not alone. It is a {@code #rule} of RFC 822: a
     * word may stand there twice, and nothing between two commas is no word.
     */
    static Optional<Notify> read(String words) {
        if (Ascii.equalsIgnoreCase(words, NONE)) {
            return Optional.of(NEVER);
        }
        Set<Condition> found = EnumSet.noneOf(Condition.class);
        for (String word : words.split(",", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            Optional<Condition> condition = condition(word);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            found.add(condition.get());
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Notify(found));
    }

    private static Optional<Condition> condition(String word) {
        for (Condition condition : Condition.values()) {
            if (Ascii.equalsIgnoreCase(condition.name(), word)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Returns the words, as they stand on the line. */
    @Override
    public String toString() {
        return isNever() ? NONE : words(EnumSet.copyOf(when));
    }

    private static String words(Collection<Condition> inOrder) {
        return inOrder.stream().map(Condition::name).collect(Collectors.joining(","));
    }
}
