package org.mailwright.smtp.queue;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Names a lane: the line of deliveries that go to one destination by one way, such as {@code relay>example.org} or
 * {@code local>maildir}.
 *
 * @param pool the way, which names a {@link Pool}: lower-case letters, digits and hyphens, at most 32
 * @param destination where to, in the words of that way: a domain, a host, the name of a user; printable, at most 300
 * @since 0.1.0
 */
public record LaneName(String pool, String destination) implements Comparable<LaneName> {

    private static final char SEPARATOR = '>';
    private static final int LONGEST_POOL = 32;
    private static final int LONGEST_DESTINATION = 300;

    /** Checks both parts; the destination becomes lower case. */
    public LaneName {
        if (pool.isEmpty() || pool.length() > LONGEST_POOL || !allIn(pool, LaneName::isOfPool)) {
            throw new IllegalArgumentException("not the name of a pool: " + pool);
        }
        destination = destination.toLowerCase(Locale.ROOT);
        if (destination.isEmpty()
                || destination.length() > LONGEST_DESTINATION
                || !allIn(destination, LaneName::isPrintable)) {
            throw new IllegalArgumentException("not a destination of a lane: " + destination.length() + " characters");
        }
    }

    private static boolean isOfPool(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static boolean isPrintable(int c) {
        return c >= 0x20 && c != 0x7F;
    }

    /** For every delivery that is read: without a stream. */
    private static boolean allIn(String text, IntPredicate set) {
        for (int i = 0; i < text.length(); i++) {
            if (!set.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it is not the name of a lane
     */
    public static LaneName parse(String text) {
        int at = text.indexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("the name of a lane is POOL>DESTINATION, not " + text);
        }
        return new LaneName(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public int compareTo(LaneName other) {
        return toString().compareTo(other.toString());
    }

    /** Returns the text form: {@code pool>destination}. */
    @Override
    public String toString() {
        return pool + SEPARATOR + destination;
    }
}
