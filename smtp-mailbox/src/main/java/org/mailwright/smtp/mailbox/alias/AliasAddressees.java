package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.mailbox.Addressees;
import org.mailwright.smtp.mailbox.LocalRecipients;

/**
 * Those who have a mailbox, an alias or a list here, for the gate of RCPT. What an alias leads to is not looked at.
 *
 * @since 0.1.0
 */
public final class AliasAddressees implements Addressees {
    private final Aliases aliases;
    private final LocalNames names;

    private AliasAddressees(Aliases aliases, LocalRecipients recipients) {
        this.aliases = aliases;
        this.names = LocalNames.of(recipients);
    }

    /** Returns the addressees of aliases and mailboxes; {@link NonBlocking} where both are. */
    public static Addressees of(Aliases aliases, LocalRecipients recipients) {
        Addressees addressees = new AliasAddressees(aliases, recipients);
        return NonBlocking.mayBlock(aliases) || NonBlocking.mayBlock(recipients.users())
                ? addressees
                : Addressees.quick(addressees);
    }

    @Override
    public Standing standing(ForwardPath path, Predicate<AddressLiteral> own) throws IOException {
        AliasTable table = aliases.table();
        Optional<Mailbox> local = names.local(path, own);
        if (local.isEmpty()) {
            return Standing.FOREIGN;
        }
        Mailbox address = local.get();
        while (table.find(address, names.separator()).isEmpty()) {
            Optional<Mailbox> renamed = table.renamed(address);
            if (renamed.isEmpty()) {
                boolean known = names.mailbox(address).isPresent()
                        || table.catchAll(address.host()).isPresent();
                return known ? Standing.KNOWN : Standing.UNKNOWN;
            }
            address = renamed.get(); // ends: a table has no circle of domains
            if (names.local(address, literal -> false).isEmpty()) {
                return Standing.KNOWN;
            }
        }
        return Standing.KNOWN;
    }
}
