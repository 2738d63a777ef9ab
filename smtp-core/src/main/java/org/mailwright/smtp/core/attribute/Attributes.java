package org.mailwright.smtp.core.attribute;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A small immutable map from {@link AttributeKey} to value.
 *
 * @since 0.1.0
 */
public final class Attributes {

    /** Holds nothing. */
    public static final Attributes EMPTY = new Attributes(new Object[0]);

    private final Object[] entries;

    private Attributes(Object[] entries) {
        this.entries = entries;
    }

    /** Returns the value of a key. */
    @SuppressWarnings("unchecked") // entries are only ever made by with(), which pairs key and value by type
    public <T> Optional<T> get(AttributeKey<T> key) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] == key) {
                return Optional.of((T) entries[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** Tells whether a key has a value. */
    public boolean has(AttributeKey<?> key) {
        return get(key).isPresent();
    }

    /** Returns a copy in which the key has this value. */
    public <T> Attributes with(AttributeKey<T> key, T value) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] == key) {
                Object[] copy = entries.clone();
                copy[i + 1] = value;
                return new Attributes(copy);
            }
        }
        Object[] longer = Arrays.copyOf(entries, entries.length + 2);
        longer[entries.length] = key;
        longer[entries.length + 1] = value;
        return new Attributes(longer);
    }

    /** Returns a copy without this key. */
    public Attributes without(AttributeKey<?> key) {
        Attributes kept = EMPTY;
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] != key) {
                kept = kept.append(entries[i], entries[i + 1]);
            }
        }
        return kept.entries.length == entries.length ? this : kept;
    }

    /** Returns a copy without the keys of one scope. */
    public Attributes without(Scope scope) {
        Attributes kept = EMPTY;
        for (int i = 0; i < entries.length; i += 2) {
            if (((AttributeKey<?>) entries[i]).scope() != scope) {
                kept = kept.append(entries[i], entries[i + 1]);
            }
        }
        return kept.entries.length == entries.length ? this : kept;
    }

    /** Returns a copy without what stays behind where a mailing list sends a mail to its members. */
    public Attributes beyondLists() {
        Attributes kept = EMPTY;
        for (int i = 0; i < entries.length; i += 2) {
            if (!((AttributeKey<?>) entries[i]).endsAtLists()) {
                kept = kept.append(entries[i], entries[i + 1]);
            }
        }
        return kept.entries.length == entries.length ? this : kept;
    }

    /** Calls the visitor with each key and value, in the order in which they were added. */
    public void forEach(BiConsumer<AttributeKey<?>, Object> visitor) {
        for (int i = 0; i < entries.length; i += 2) {
            visitor.accept((AttributeKey<?>) entries[i], entries[i + 1]);
        }
    }

    /** Tells whether there is nothing in it. */
    public boolean isEmpty() {
        return entries.length == 0;
    }

    private Attributes append(Object key, Object value) {
        Object[] longer = Arrays.copyOf(entries, entries.length + 2);
        longer[entries.length] = key;
        longer[entries.length + 1] = value;
        return new Attributes(longer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && Arrays.equals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    /** Returns the names only: values may be secret. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("[");
        forEach((key, value) -> names.append(names.length() > 1 ? " " : "").append(key.name()));
        return names.append(']').toString();
    }
}
