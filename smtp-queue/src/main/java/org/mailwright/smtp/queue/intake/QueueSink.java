package org.mailwright.smtp.queue.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.queue.Router;

/**
 * Takes the mails of sessions into a {@link MailQueue}. The 250 goes out when the mail is on the medium.
 *
 * @since 0.1.0
 */
public final class QueueSink implements MessageSink {

    private static final Reply FULL = Reply.of(452, "4.3.1", "No room for the mail now; try again later");

    private final MailQueue queue;
    private final Router router;
    private final Duration lifetime;
    private final MailTerms terms;
    private final InstantSource clock;

    /**
     * A sink.
     *
     * @param router finds the ways of each recipient; when it refuses one, the mail is refused
     * @param lifetime how long delivery is tried before a mail is given up; five days are usual (RFC 5321 section
     *     4.5.4.1)
     * @param terms what senders ask for
     * @param clock the clock of the queue
     */
    public QueueSink(MailQueue queue, Router router, Duration lifetime, MailTerms terms, InstantSource clock) {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("lifetime must be more than 0, not " + lifetime);
        }
        this.queue = queue;
        this.router = router;
        this.lifetime = lifetime;
        this.terms = terms;
        this.clock = clock;
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException, IOException {
        if (queue.pressure().isPresent()) {
            throw new SmtpException(FULL);
        }
        List<NewDelivery> deliveries = deliveries(envelope);
        try {
            return new Taking(envelope, deliveries, queue.begin(envelope.id()));
        } catch (QueueFullException e) {
            throw new SmtpException(FULL, e);
        }
    }

    private record Way(ForwardPath path, LaneName lane, Optional<ReversePath> reversePath, Object asked) {}

    /** One way is gone once, however often it was named, unless its sender would hear of less then. */
    private List<NewDelivery> deliveries(Envelope envelope) throws SmtpException, IOException {
        Instant due = terms.due(envelope, clock.instant());
        Optional<Priority> asked = terms.priority(envelope);
        List<NewDelivery> deliveries = new ArrayList<>();
        Set<Way> ways = new HashSet<>();
        for (Recipient recipient : envelope.recipients()) {
            for (Router.Route route : router.route(envelope, recipient)) {
                if (ways.add(new Way(
                        route.recipient().path(), route.lane(), route.reversePath(), terms.apart(route.recipient())))) {
                    deliveries.add(new NewDelivery(
                            route.recipient(), route.lane(), route.reversePath(), asked.orElse(route.priority()), due));
                }
            }
        }
        return deliveries;
    }

    private final class Taking implements Intake {

        private final Envelope envelope;
        private final List<NewDelivery> deliveries;
        private final MailWriter writer;

        Taking(Envelope envelope, List<NewDelivery> deliveries, MailWriter writer) {
            this.envelope = envelope;
            this.deliveries = deliveries;
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer octets) throws SmtpException, IOException {
            try {
                writer.write(octets);
            } catch (QueueFullException e) {
                throw new SmtpException(FULL, e);
            }
        }

        @Override
        public Acceptance commit() throws SmtpException, IOException {
            Reply taken = Reply.of(250, "2.0.0", "Queued as " + envelope.id());
            if (deliveries.isEmpty()) {
                writer.abort(); // every alias throws it away
                return Acceptance.all(envelope, taken);
            }
            Instant now = clock.instant();
            Message message = new Message(
                    envelope.id(),
                    envelope.reversePath(),
                    envelope.attributes(),
                    Provenance.of(envelope.origin()),
                    now,
                    terms.expires(envelope, now, now.plus(lifetime)),
                    writer.size());
            try {
                writer.commit(message, deliveries);
            } catch (QueueFullException e) {
                throw new SmtpException(FULL, e);
            }
            return Acceptance.all(envelope, taken);
        }

        @Override
        public void abort() {
            writer.abort();
        }
    }

    /** Tells why no mail is taken now, for a gate that says so at MAIL. */
    public Optional<String> pressure() {
        return queue.pressure();
    }
}
