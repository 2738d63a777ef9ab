package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.LocalRecipients.Destination;

/**
 * The one address for all ways to name somebody of this host, and who has a mailbox.
 *
 * @param recipients who has a mailbox
 * @param main the domain of the postmaster, which stands for this host
 */
record LocalNames(LocalRecipients recipients, Host main) {

    static LocalNames of(LocalRecipients recipients) {
        return new LocalNames(recipients, Host.parse(recipients.postmaster().domain()));
    }

    /** Returns the address in a local domain; empty when it is none. */
    Optional<Mailbox> local(ForwardPath path, Predicate<AddressLiteral> own) {
        return switch (path) {
            case Postmaster bare -> Optional.of(new Mailbox(LocalPart.of("postmaster"), main));
            case Mailbox address -> {
                if (recipients.domains().contains(address.host())) {
                    yield Optional.of(address);
                }
                boolean here = address.host() instanceof AddressLiteral literal && own.test(literal);
                yield here ? AliasTable.in(main, address.localPart()) : Optional.empty();
            }
        };
    }

    /** Returns the mailbox of a local address; that of the postmaster when it is for the postmaster. */
    Optional<LocalMailbox> mailbox(Mailbox address) throws IOException {
        return recipients.find(address) instanceof Destination.Found found
                ? Optional.of(found.mailbox())
                : Optional.empty();
    }

    /** Returns the postmaster's own address when an address is found only because it is for the postmaster. */
    Optional<Mailbox> postmasterInstead(Mailbox address, LocalMailbox found) {
        LocalMailbox named = LocalMailbox.of(address);
        boolean instead = found.equals(recipients.postmaster())
                && !found.equals(named)
                && !found.equals(named.withoutDetail(separator()));
        return instead ? Optional.of(new Mailbox(LocalPart.of(found.user()), main)) : Optional.empty();
    }

    String separator() {
        return recipients.detailSeparator();
    }
}
