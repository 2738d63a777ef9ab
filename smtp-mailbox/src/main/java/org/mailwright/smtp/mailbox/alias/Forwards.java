package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.mailbox.LocalMailbox;

/**
 * Knows which users have their mail sent on. May block, unless it is {@link NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Forwards {
    /** Nobody has. */
    Forwards NONE = (Forwards & NonBlocking) user -> Optional.empty();

    /**
     * Returns where mail for a user goes; when the user's own address is among it, a copy stays in the mailbox.
     *
     * @return at least one address; empty when the mail stays in the mailbox
     * @throws IOException when it cannot be found out now, and the mail has to wait
     */
    Optional<List<Mailbox>> of(LocalMailbox user) throws IOException;
}
