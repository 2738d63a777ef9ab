package org.mailwright.smtp.ext.verify;

import java.util.List;

/**
 * What a {@link Directory} knows of a mailing list (RFC 5321 §3.5).
 *
 * @since 0.1.0
 */
public sealed interface Expansion {

    /**
     * A list: 250, one line per member.
     *
     * @param entries its members; none, or more than a reply can hold (512): 252
     */
    record Members(List<Entry> entries) implements Expansion {
        /** Copies the list. */
        public Members {
            entries = List.copyOf(entries);
        }
    }

    /** Cannot or must not be told: 252. */
    record Undisclosed() implements Expansion {}

    /** No such list: 550. */
    record Unknown() implements Expansion {}

    /** A user and not a mailing list: 550. */
    record IsUser() implements Expansion {}
}
