package org.mailwright.smtp.mailbox.alias;

import org.mailwright.smtp.core.mail.NonBlocking;

/**
 * Gives the aliases that hold now. May block, unless it is {@link NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Aliases {

    /** Returns the table of this moment; whoever uses it for one mail asks once. */
    AliasTable table();

    /** Returns a table that never changes. */
    static Aliases of(AliasTable table) {
        return (Aliases & NonBlocking) () -> table;
    }
}
