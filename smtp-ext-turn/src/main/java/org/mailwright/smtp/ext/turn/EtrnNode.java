package org.mailwright.smtp.ext.turn;

import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.address.Domain;

/**
 * Whose mail ETRN asks for (RFC 1985 §5.1): the node name.
 *
 * @since 0.1.0
 */
public sealed interface EtrnNode {

    /** One domain: {@code example.org}. */
    record Only(Domain domain) implements EtrnNode {
        @Override
        public String toString() {
            return domain.canonical();
        }
    }

    /** A domain and all below it: {@code @example.org}. */
    record Within(Domain domain) implements EtrnNode {
        @Override
        public String toString() {
            return "@" + domain.canonical();
        }
    }

    /**
     * A queue that server and client have agreed on: {@code #uucp}.
     *
     * @param name letters, digits, dots, hyphens and underscores, 1 to 64 of them; made lower case
     */
    record Queue(String name) implements EtrnNode {

        private static final int LONGEST = 64;

        /** Checks the name. */
        public Queue {
            if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(Queue::isPart)) {
                throw new IllegalArgumentException("not the name of a queue: " + name.length() + " characters");
            }
            name = name.toLowerCase(Locale.ROOT);
        }

        private static boolean isPart(int c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '-'
                    || c == '_';
        }

        @Override
        public String toString() {
            return "#" + name;
        }
    }

    /** Reads a node as it stands behind the verb; empty when it is none. */
    static Optional<EtrnNode> parse(String text) {
        try {
            return Optional.of(
                    text.startsWith("#")
                            ? new Queue(text.substring(1))
                            : text.startsWith("@")
                                    ? new Within(Domain.parse(text.substring(1)))
                                    : new Only(Domain.parse(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
