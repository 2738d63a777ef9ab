package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import java.time.Instant;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.mail.NonBlocking;

/**
 * Knows whose the mailboxes were (RFC 7293 §5). May block, unless it is {@link NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MailboxHistory {

    /** What is known of a mailbox since a time. */
    enum Ownership {
        /** It has been one owner's all the time. */
        CONTINUOUS,
        /** It changed hands, or did not exist then. */
        MAILBOX_CHANGED,
        /** Its domain changed hands. */
        DOMAIN_CHANGED,
        /** It is a mailbox here, and nobody knows. */
        UNKNOWN,
        /** It is no mailbox here: the next host answers. */
        ELSEWHERE
    }

    /**
     * Tells whose a mailbox has been.
     *
     * @param path the mailbox, before aliases
     * @param since from when on until now
     * @throws IOException when the history cannot be read: becomes 451 4.3.0
     */
    Ownership since(ForwardPath path, Instant since) throws IOException;

    /** Returns a history that leaves it to the next host. */
    static MailboxHistory elsewhere() {
        return (MailboxHistory & NonBlocking) (path, since) -> Ownership.ELSEWHERE;
    }
}
