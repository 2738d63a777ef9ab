package org.mailwright.smtp.core.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;

/**
 * The mails of one connection in the portions that its peer takes: no more recipients per mail, mails per connection
 * and domains per connection than it has said. A mail that is not divided goes through untouched.
 */
final class Portions {

    private static final Outcome TOO_MANY_MAILS = failed("The server takes no more mails on this connection");
    private static final Outcome TOO_MANY_DOMAINS = failed("The server takes no more domains on this connection");
    private static final Outcome UNREADABLE =
            failed("The server takes fewer recipients, and the mail can be read only once");

    private final ArrayDeque<DividedMail.Portion> waiting = new ArrayDeque<>(0);
    private final ArrayDeque<MailJob> whole = new ArrayDeque<>(1);
    private final Set<String> domains = new HashSet<>(0);
    private int taken;
    private boolean full;

    private static Outcome failed(String why) {
        return new Outcome.Failed(Reply.of(452, "4.5.3", why), Moment.PREPARE);
    }

    /** Tells whether the peer wants no more over this connection. */
    boolean exhausted(PeerView peer) {
        return (full && waiting.isEmpty() && whole.isEmpty())
                || taken >= peer.get(WellKnown.MAILS_PER_CONNECTION).orElse(Integer.MAX_VALUE);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns what is next of what was divided. */
    Optional<MailJob> next() {
        Optional<MailJob> next = Optional.ofNullable(whole.isEmpty() ? waiting.poll() : whole.poll());
        taken += next.isPresent() ? 1 : 0;
        return next;
    }

    /** Divides a mail. What the peer would not take of it is told at once. */
    void divide(MailJob job, PeerView peer, News news) {
        OutgoingMail mail = job.mail();
        int most = peer.get(WellKnown.RECIPIENTS_PER_MAIL).orElse(Integer.MAX_VALUE);
        Optional<Integer> mostDomains = peer.get(WellKnown.DOMAINS_PER_CONNECTION);
        if (mostDomains.isEmpty() && mail.recipients().size() <= most) {
            whole.add(job);
            return;
        }
        List<Integer> fitting = new ArrayList<>();
        List<Integer> surplus = new ArrayList<>();
        for (int i = 0; i < mail.recipients().size(); i++) {
            boolean fits = fits(mail.recipients().get(i), mostDomains.orElse(Integer.MAX_VALUE));
            (fits ? fitting : surplus).add(i);
        }
        full |= !surplus.isEmpty();
        DividedMail divided = new DividedMail(job);
        divided.decide(surplus, TOO_MANY_DOMAINS, news);
        for (int from = 0; from < fitting.size(); from += most) {
            List<Integer> portion = fitting.subList(from, Math.min(fitting.size() - from, most) + from);
            if (from > 0 && !mail.body().replayable()) {
                divided.decide(portion, UNREADABLE, news);
            } else {
                waiting.add(divided.portion(portion));
            }
        }
    }

    private boolean fits(Recipient recipient, int most) {
        Optional<String> domain = domain(recipient.path());
        return domain.isEmpty()
                || domains.contains(domain.get())
                || (domains.size() < most && domains.add(domain.get()));
    }

    private static Optional<String> domain(ForwardPath path) {
        return path instanceof Mailbox mailbox
                ? Optional.of(
                        mailbox.host() instanceof Domain domain
                                ? domain.canonical()
                                : mailbox.host().toString())
                : Optional.empty();
    }

    /** Tells the rest of a divided mail that it cannot go over this connection. */
    void refuseRest(News news) {
        waiting.forEach(portion -> portion.refuse(TOO_MANY_MAILS, news));
        waiting.clear();
    }
}
