package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.queue.Router;

/**
 * Finds the ways of mail for local addresses: aliases, then the forward of each user, then mailboxes, in the lane
 * {@code local>domain}. All else goes the ways that another router finds.
 *
 * <p>What goes on of a recipient's attributes where others take its place is for a {@link Redistribution} to say;
 * nothing does where it is a list with an owner. The owner of a list gets the reports of mail to its members, but of a
 * mail without reverse-path nobody does.
 *
 * @since 0.1.0
 */
public final class LocalRouter implements Router {
    /** The name of the pool that delivers into mailboxes. */
    public static final String POOL = "local";

    private final Aliases aliases;
    private final LocalNames names;
    private final Predicate<AddressLiteral> own;
    private final Forwards forwards;
    private final AliasLimits limits;
    private final Redistribution terms;
    private final Router elsewhere;

    /**
     * A router.
     *
     * @param recipients which domains are local, and who has a mailbox
     * @param own tells which address literals name this host: those that the gate of RCPT takes for such
     * @param terms what becomes of a sender's wishes
     * @param elsewhere finds the ways of all other mail
     */
    public LocalRouter(
            Aliases aliases,
            LocalRecipients recipients,
            Predicate<AddressLiteral> own,
            Forwards forwards,
            AliasLimits limits,
            Redistribution terms,
            Router elsewhere) {
        this.aliases = aliases;
        this.names = LocalNames.of(recipients);
        this.own = own;
        this.forwards = forwards;
        this.limits = limits;
        this.terms = terms;
        this.elsewhere = elsewhere;
    }

    @Override
    public List<Route> route(Envelope envelope, Recipient recipient) throws SmtpException, IOException {
        Optional<Mailbox> local = names.local(recipient.path(), own);
        if (local.isEmpty()) {
            return elsewhere.route(envelope, recipient);
        }
        List<Leaf> leaves = new Expansion(aliases.table(), names, own, forwards, limits).of(local.get());
        return new Ways(envelope, recipient, elsewhere, terms).of(leaves);
    }
}
