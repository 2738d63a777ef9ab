package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MailboxRoom;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for room where an address leads to a single mailbox, by aliases or without. Where it leads to several, to a list
 * with an owner or to another host, the mail is for more than one to have, and is taken. A quota that cannot be found
 * out is no reason to refuse: the delivery asks again.
 *
 * @since 0.1.0
 */
public final class AliasRoom implements MailboxRoom {
    private static final Logger LOG = LoggerFactory.getLogger(AliasRoom.class);

    /** A mail whose size nobody knows yet is at least this large: a mailbox that is just full takes none. */
    private static final long LEAST = 1;

    private final Ends ends;
    private final QuotaKeeper quotas;

    /**
     * Room in the mailboxes that a {@link LocalRouter} leads to.
     *
     * @param forwards those of the router: who has his mail sent on needs no room
     * @param limits those of the router
     * @param quotas those of the deliverer
     */
    public AliasRoom(
            Aliases aliases, LocalRecipients recipients, Forwards forwards, AliasLimits limits, QuotaKeeper quotas) {
        this.ends = new Ends(aliases, LocalNames.of(recipients), forwards, limits);
        this.quotas = quotas;
    }

    @Override
    public void admit(ForwardPath path, Predicate<AddressLiteral> own, long octets) throws SmtpException, IOException {
        List<Leaf> leaves = ends.of(path, own).orElse(List.of());
        if (leaves.size() == 1
                && leaves.getFirst() instanceof Leaf.Here here
                && here.owner().isEmpty()) {
            try {
                quotas.admit(here.mailbox(), Math.max(LEAST, octets));
            } catch (IOException e) {
                LOG.warn("the room in the mailbox {} cannot be found out: {}", here.mailbox(), e.toString());
            }
        }
    }
}
