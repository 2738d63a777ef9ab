package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.Addressees;
import org.mailwright.smtp.mailbox.LocalRecipients;

/**
 * Those who have a mailbox, an alias or a list here, for the gate of RCPT. Aliases are followed as {@link LocalRouter}
 * does: one that leads in a circle, too far or to nobody is refused alone, before its mail has come.
 *
 * @since 0.1.0
 */
public final class AliasAddressees implements Addressees {
    private final Ends ends;

    private AliasAddressees(Ends ends) {
        this.ends = ends;
    }

    /** Returns the addressees of aliases and mailboxes without forwards; {@link NonBlocking} where both are. */
    public static Addressees of(Aliases aliases, LocalRecipients recipients) {
        return of(aliases, recipients, Forwards.NONE, AliasLimits.DEFAULT);
    }

    /**
     * Returns the addressees of aliases and mailboxes; {@link NonBlocking} where those and the forwards are.
     *
     * @param forwards those of the router
     * @param limits those of the router
     */
    public static Addressees of(Aliases aliases, LocalRecipients recipients, Forwards forwards, AliasLimits limits) {
        Addressees addressees = new AliasAddressees(new Ends(aliases, LocalNames.of(recipients), forwards, limits));
        boolean blocks = NonBlocking.mayBlock(aliases)
                || NonBlocking.mayBlock(recipients.users())
                || NonBlocking.mayBlock(forwards);
        return blocks ? addressees : Addressees.quick(addressees);
    }

    @Override
    public Standing standing(ForwardPath path, Predicate<AddressLiteral> own) throws SmtpException, IOException {
        Optional<List<Leaf>> leaves = ends.of(path, own);
        if (leaves.isEmpty()) {
            return Standing.FOREIGN;
        }
        boolean nobody = !leaves.get().isEmpty() && leaves.get().stream().allMatch(AliasAddressees::isLost);
        return nobody ? Standing.UNKNOWN : Standing.KNOWN;
    }

    private static boolean isLost(Leaf leaf) {
        return leaf instanceof Leaf.Nobody nobody && nobody.instead().isEmpty();
    }
}
