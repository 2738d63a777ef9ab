package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.queue.Router.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ways of the ends that the aliases of one recipient led to. */
final class Ways {
    private static final Logger LOG = LoggerFactory.getLogger(Ways.class);

    private final Envelope envelope;
    private final Recipient recipient;
    private final Router elsewhere;
    private final Redistribution terms;
    private final List<Route> routes = new ArrayList<>();
    private final Set<LocalMailbox> mailboxes = new HashSet<>();
    private final List<SmtpException> refusals = new ArrayList<>();

    Ways(Envelope envelope, Recipient recipient, Router elsewhere, Redistribution terms) {
        this.envelope = envelope;
        this.recipient = recipient;
        this.elsewhere = elsewhere;
        this.terms = terms;
    }

    /**
     * Returns the ways.
     *
     * @throws SmtpException when none of the ends can be reached
     */
    List<Route> of(List<Leaf> leaves) throws SmtpException, IOException {
        if (leaves.isEmpty()) {
            LOG.info(
                    "mail {} to {} thrown away, as its alias says",
                    envelope.id(),
                    recipient.path().path());
        }
        for (Leaf leaf : leaves) {
            Optional<ReversePath> owner = owner(leaf);
            Attributes attributes = attributes(leaf, leaves.size());
            switch (leaf) {
                case Leaf.Here here -> here(here, owner, attributes);
                case Leaf.Nobody nobody ->
                    refused(
                            SmtpException.of(550, "5.1.1", "There is no such user here"),
                            nobody.address(),
                            nobody.instead(),
                            owner,
                            attributes);
                case Leaf.Elsewhere away -> away(away, owner, attributes);
            }
        }
        if (!leaves.isEmpty() && refusals.size() == leaves.size()) {
            throw refusals.getFirst();
        }
        arrival(leaves).ifPresent(lane -> routes.add(Route.of(recipient, lane)));
        return List.copyOf(routes);
    }

    private Attributes attributes(Leaf leaf, int leaves) {
        if (leaf.owner().isPresent()) {
            return Attributes.EMPTY;
        }
        if (leaves > 1) {
            return terms.toEach(recipient);
        }
        return leaf.address().equals(recipient.path()) ? recipient.attributes() : terms.toOne(recipient);
    }

    /** Where the mail is said to have arrived, when its sender wants to hear so (RFC 3461 §5.2.7). */
    private Optional<LaneName> arrival(List<Leaf> leaves) {
        if (envelope.reversePath() instanceof NullPath || !terms.isReported(recipient)) {
            return Optional.empty();
        }
        if (leaves.stream().allMatch(leaf -> leaf.owner().isPresent())) {
            return Optional.of(AliasDeliverer.DELIVERED);
        }
        return leaves.size() > 1 ? Optional.of(AliasDeliverer.EXPANDED) : Optional.empty();
    }

    /** A report must never give reason for another. */
    private Optional<ReversePath> owner(Leaf leaf) {
        return envelope.reversePath() instanceof NullPath
                ? Optional.empty()
                : leaf.owner().map(owner -> owner);
    }

    private void here(Leaf.Here here, Optional<ReversePath> owner, Attributes attributes) {
        if (mailboxes.add(here.mailbox())) {
            routes.add(local(here.address(), owner, attributes));
        }
    }

    private static Route local(Mailbox address, Optional<ReversePath> owner, Attributes attributes) {
        LaneName lane = new LaneName(LocalRouter.POOL, LocalMailbox.of(address).domain());
        Route plain = Route.of(new Recipient(address, attributes), lane);
        return new Route(plain.recipient(), lane, owner, plain.priority());
    }

    private void away(Leaf.Elsewhere away, Optional<ReversePath> owner, Attributes attributes) throws IOException {
        try {
            for (Route route : elsewhere.route(envelope, new Recipient(away.address(), attributes))) {
                routes.add(new Route(
                        route.recipient(), route.lane(), route.reversePath().or(() -> owner), route.priority()));
            }
        } catch (SmtpException e) {
            refused(e, away.address(), away.instead(), owner, attributes);
        }
    }

    /**
     * Nobody may be left out in silence: mail of a user who forwards it there stays in his mailbox; for a member of an
     * alias it goes to the mailboxes all the same, which refuse it, so that the sender or the owner hears of it.
     */
    private void refused(
            SmtpException refusal,
            Mailbox address,
            Optional<Leaf.Here> instead,
            Optional<ReversePath> owner,
            Attributes attributes) {
        LOG.warn("mail {}: {} leads to {}: {}", envelope.id(), recipient.path().path(), address, refusal.reply());
        if (instead.isPresent()) {
            here(instead.get(), owner, attributes);
        } else {
            refusals.add(refusal);
            routes.add(local(address, owner, attributes));
        }
    }
}
