package org.mailwright.smtp.mailbox;

import java.io.IOException;

/**
 * Knows which mailboxes there are.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UserDirectory {

    /**
     * Tells whether there is such a user. May block.
     *
     * @param mailbox user and domain, normalised
     * @throws IOException when it cannot be found out now; the sender is told to try again
     */
    boolean has(LocalMailbox mailbox) throws IOException;
}
