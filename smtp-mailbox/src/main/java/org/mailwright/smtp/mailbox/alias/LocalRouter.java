package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.queue.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the ways of mail for local addresses: aliases, then the forward of each user, then mailboxes, in the lane
 * {@code local>domain}. All else goes the ways that another router finds.
 *
 * <p>What goes on of a recipient's attributes where others take its place is for a {@link Redistribution} to say;
 * nothing does where it is a list with an owner. The owner of a list gets the reports of mail to its members, but of a
 * mail without reverse-path nobody does.
 *
 * <p>An alias that leads nowhere is refused where the mail is for nobody else; else the mail is taken, and the sender
 * gets a report of that one.
 *
 * @since 0.1.0
 */
public final class LocalRouter implements Router {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRouter.class);

    /** The name of the pool that delivers into mailboxes. */
    public static final String POOL = "local";

    private final Ends ends;
    private final Predicate<AddressLiteral> own;
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
        this.ends = new Ends(aliases, LocalNames.of(recipients), forwards, limits);
        this.own = own;
        this.terms = terms;
        this.elsewhere = elsewhere;
    }

    @Override
    public List<Route> route(Envelope envelope, Recipient recipient) throws SmtpException, IOException {
        Optional<List<Leaf>> leaves;
        try {
            leaves = ends.of(recipient.path(), own);
            if (leaves.isPresent()) {
                return new Ways(envelope, recipient, elsewhere, terms).of(leaves.get());
            }
        } catch (SmtpException e) {
            return refused(envelope, recipient, e);
        }
        return elsewhere.route(envelope, recipient);
    }

    /** RCPT refuses such an alias; one that became so since then must not cost the others of the mail theirs. */
    private static List<Route> refused(Envelope envelope, Recipient recipient, SmtpException refusal)
            throws SmtpException {
        if (envelope.recipients().size() == 1 || !refusal.reply().isPermanent()) {
            throw refusal;
        }
        LOG.warn("mail {} to {}: {}", envelope.id(), recipient.path().path(), refusal.reply());
        return List.of(Route.of(recipient, AliasDeliverer.refused(refusal.reply())));
    }
}
