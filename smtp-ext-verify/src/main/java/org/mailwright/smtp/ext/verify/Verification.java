package org.mailwright.smtp.ext.verify;

import java.util.List;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * What a {@link Directory} knows of a user (RFC 5321 §3.5).
 *
 * @since 0.1.0
 */
public sealed interface Verification {

    /** A user here: 250. */
    record Local(Entry entry) implements Verification {}

    /** A user elsewhere, to whom mail is forwarded: 251. */
    record Forwarded(Entry entry) implements Verification {}

    /** Cannot or must not be told; mail is taken and its delivery tried: 252. */
    record Unverified() implements Verification {}

    /** Nobody: 550. */
    record Unknown() implements Verification {}

    /** A mailing list and not a user: 550. */
    record IsList() implements Verification {}

    /** A user who is elsewhere now, to whom mail is not forwarded: 551. */
    record Moved(Mailbox mailbox) implements Verification {}

    /**
     * More than one: 553.
     *
     * @param choices who may be meant; empty to say only that there are several
     */
    record Ambiguous(List<Entry> choices) implements Verification {
        /** Copies the list. */
        public Ambiguous {
            choices = List.copyOf(choices);
        }
    }
}
