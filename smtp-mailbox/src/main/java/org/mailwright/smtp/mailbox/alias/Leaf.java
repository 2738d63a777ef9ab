package org.mailwright.smtp.mailbox.alias;

import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalMailbox;

/** Where aliases end. */
sealed interface Leaf {

    /** Returns where the mail goes. */
    Mailbox address();

    /** Returns what makes it the same as another: the mail goes there once. */
    Object place();

    /** Returns who gets the reports, when it came through a list with an owner. */
    Optional<Mailbox> owner();

    /** In a mailbox of this host. */
    record Here(Mailbox address, LocalMailbox mailbox, Optional<Mailbox> owner) implements Leaf {
        @Override
        public Object place() {
            return mailbox;
        }
    }

    /**
     * At another host.
     *
     * @param instead the mailbox of the user whose forward led there, for when there is no way
     */
    record Elsewhere(Mailbox address, Optional<Mailbox> owner, Optional<Here> instead) implements Leaf {
        @Override
        public Object place() {
            return address;
        }
    }

    /**
     * Nowhere: an alias names somebody of this host who does not exist.
     *
     * @param instead the mailbox of the user whose forward led there
     */
    record Nobody(Mailbox address, Optional<Mailbox> owner, Optional<Here> instead) implements Leaf {
        @Override
        public Object place() {
            return address;
        }
    }
}
