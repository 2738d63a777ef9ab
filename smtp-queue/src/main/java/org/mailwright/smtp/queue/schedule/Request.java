package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands an attempt to a deliverer, and holds it to its contract. */
record Request(MailQueue queue, Judge judge, LaneLease lease, Deliverer deliverer) {

    private static final Logger LOG = LoggerFactory.getLogger(Request.class);
    private static final int OVERDUE = 1000;
    private static final DeliveryResult BROKEN = DeliveryResult.local(
            new Outcome.Refused(Reply.of(451, "4.3.0", "The delivery failed on this host"), Moment.PREPARE));

    /** Returns what became of it; nothing when it was interrupted. */
    Optional<Attempt.Done> deliver(Attempt attempt) {
        Delivery first = attempt.first();
        DeliveryRequest request = new DeliveryRequest(
                first.message(),
                lease.lane(),
                first.reversePath(),
                attempt.recipients(),
                queue.content(first.message()),
                () -> queue.holds(lease));
        try {
            List<DeliveryResult> results = deliverer.deliver(request);
            if (results.size() != attempt.deliveries().size()) {
                throw new IllegalStateException(
                        results.size() + " results for " + attempt.deliveries().size() + " recipients");
            }
            return Optional.of(new Attempt.Done(attempt, results));
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            LOG.error("mail {} by {}: the deliverer failed", first.message().id(), lease.lane(), e);
            return Optional.of(new Attempt.Done(
                    attempt, Collections.nCopies(attempt.deliveries().size(), BROKEN)));
        }
    }

    Judge.Sentence judge(Attempt.Done done) {
        return judge.of(done, queue.content(done.attempt().first().message()));
    }

    /** Returns what has waited too long behind others, as if it had failed as they did. */
    List<Attempt.Done> overdue(DeliveryResult why) throws IOException {
        return queue.next(lease, OVERDUE, Set.of()).stream()
                .filter(judge::isOverdue)
                .map(delivery -> new Attempt.Done(new Attempt(List.of(delivery)), List.of(why)))
                .toList();
    }

    /** Tells whether nobody was spoken to: no recipient is to blame, and the next mail will fare no better. */
    static boolean destinationFailed(Attempt.Done done) {
        return done.results().stream().map(DeliveryResult::outcome).allMatch(Request::early);
    }

    private static boolean early(Outcome outcome) {
        return !outcome.isAccepted()
                && !outcome.isPermanent()
                && switch (outcome.moment()) {
                    case CONNECT, HELLO, STEP -> true;
                    case PREPARE, MAIL, RCPT, DATA, CONTENT -> false;
                };
    }

    /** Returns when the first of the deferred deliveries is due. */
    static Optional<Instant> earliest(Judge.Sentence sentence) {
        return sentence.settlements().stream()
                .filter(Settlement.Deferred.class::isInstance)
                .map(settlement -> ((Settlement.Deferred) settlement).due())
                .min(Instant::compareTo);
    }
}
