package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands an attempt to a deliverer, and holds it to its contract. */
record Request(MailQueue queue, Judge judge, LaneLease lease, Deliverer deliverer) {

    private static final Logger LOG = LoggerFactory.getLogger(Request.class);
    private static final int OVERDUE = 1000;
    private static final int IN_MEMORY = 64 << 10;
    private static final DeliveryResult BROKEN = DeliveryResult.local(
            new Outcome.Refused(Reply.of(451, "4.3.0", "The delivery failed on this host"), Moment.PREPARE));

    /** Returns what became of it; nothing when it was interrupted. */
    Optional<Attempt.Done> deliver(Attempt attempt) {
        Message message = attempt.first().message();
        Body content = queue.content(message);
        try {
            content = inMemory(message, content);
            DeliveryRequest request = new DeliveryRequest(
                    message.sentOn(attempt.first().reversePath()),
                    lease.lane(),
                    attempt.first().reversePath(),
                    attempt.recipients(),
                    content,
                    () -> queue.holds(lease));
            List<DeliveryResult> results = deliverer.deliver(request);
            if (results.size() != attempt.deliveries().size()) {
                throw new IllegalStateException(
                        results.size() + " results for " + attempt.deliveries().size() + " recipients");
            }
            return Optional.of(new Attempt.Done(attempt, results, content));
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("mail {}: its content cannot be read", message.id(), e);
            return Optional.of(broken(attempt, content));
        } catch (RuntimeException | Error e) {
            LOG.error("mail {} by {}: the deliverer failed", message.id(), lease.lane(), e);
            return Optional.of(broken(attempt, content));
        }
    }

    /**
     * A small content is read once, however often it is looked at on its way. It is looked through only where the
     * sender has said nothing about it, and where its lines are such that nothing about them changes.
     */
    private static Body inMemory(Message message, Body stored) throws IOException {
        if (!isSmall(message) || stored.memory().isPresent()) {
            return stored;
        }
        Body.MemoryBody memory = Body.unexamined(stored.octets());
        return message.attributes().isEmpty() && memory.dots().isPresent() ? memory.examined() : memory;
    }

    /** Tells whether the content is held in memory on its way. */
    static boolean isSmall(Message message) {
        return message.size() <= IN_MEMORY;
    }

    private static Attempt.Done broken(Attempt attempt, Body content) {
        return new Attempt.Done(
                attempt, Collections.nCopies(attempt.deliveries().size(), BROKEN), content);
    }

    Judge.Sentence judge(Attempt.Done done) {
        return judge.of(done);
    }

    /** Returns what has waited too long behind others, as if it had failed as they did. */
    List<Attempt.Done> overdue(DeliveryResult why) throws IOException {
        return queue.next(lease, OVERDUE, Set.of()).stream()
                .filter(judge::isOverdue)
                .map(delivery -> new Attempt.Done(
                        new Attempt(List.of(delivery)), List.of(why), queue.content(delivery.message())))
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
