package org.mailwright.smtp.mailbox.quota;

import org.mailwright.smtp.core.reply.Reply;

/**
 * What becomes of a mail to a full mailbox, and what is said to RCPT for it.
 *
 * @since 0.1.0
 */
public enum WhenFull {
    /** It is tried again until there is room, or until it expires: 452 4.2.2. */
    DEFER,
    /** It goes back at once: 552 5.2.2. */
    REFUSE;

    /** Returns what is said. */
    public Reply reply() {
        return switch (this) {
            case DEFER -> Reply.of(452, "4.2.2", "The mailbox is full");
            case REFUSE -> Reply.of(552, "5.2.2", "The mailbox is full");
        };
    }
}
