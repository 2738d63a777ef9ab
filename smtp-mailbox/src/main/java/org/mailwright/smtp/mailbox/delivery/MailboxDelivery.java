package org.mailwright.smtp.mailbox.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.FinalCopy;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.LocalRecipients.Destination;
import org.mailwright.smtp.mailbox.MailboxException;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every form of mailbox has in common: finds the mailbox of each recipient of a request, refuses mail that loops,
 * and gives each recipient a result of its own.
 *
 * @since 0.1.0
 */
public final class MailboxDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxDelivery.class);
    private static final Reply GONE = Reply.of(550, "5.1.1", "There is no such user here");
    private static final Reply LOOP = Reply.of(554, "5.4.6", "The mail was delivered to this address before: it loops");
    private static final Reply FULL = Reply.of(452, "4.3.1", "There is no room for the mail now");
    private static final Reply FAILED = Reply.of(451, "4.3.0", "The mail could not be stored; tried again later");
    private static final Reply UNREADABLE = Reply.of(451, "4.3.0", "The mail cannot be read; tried again later");
    private static final Reply STOPPED = Reply.of(451, "4.3.2", "The server stops; tried again later");
    private static final Reply NOT_OURS = Reply.of(451, "4.3.2", "Another server may be delivering the mail");

    private final LocalRecipients recipients;
    private final Step step;

    /** Puts one mail into one mailbox. */
    @FunctionalInterface
    public interface Step {
        /**
         * Puts it there: when this returns, it is on the medium.
         *
         * @return what is said of it, 2xx
         * @throws SmtpException when the mailbox does not take it
         * @throws IOException when it cannot be stored now
         * @throws InterruptedException when the server stops; then it was not stored
         */
        Reply deliver(DeliveryRequest request, LocalMailbox mailbox, FinalCopy copy)
                throws SmtpException, IOException, InterruptedException;
    }

    /**
     * Deliveries by such a step.
     *
     * @param recipients whose mailbox is whose
     */
    public MailboxDelivery(LocalRecipients recipients, Step step) {
        this.recipients = recipients;
        this.step = step;
    }

    /**
     * Delivers to each recipient.
     *
     * @return one result per recipient, in their order
     * @throws InterruptedException when the server stops before anybody got it
     */
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        TracedAddresses before;
        try {
            before = TracedAddresses.of(request.content());
        } catch (IOException e) {
            LOG.warn("mail {}: {}", request.message().id(), e.toString());
            return DeliveryResult.all(request, DeliveryResult.local(refused(UNREADABLE)));
        }
        List<DeliveryResult> results = new ArrayList<>();
        boolean stopped = false;
        for (Recipient recipient : request.recipients()) {
            try {
                results.add(DeliveryResult.local(stopped ? refused(STOPPED) : one(request, recipient, before)));
            } catch (InterruptedException e) {
                if (results.stream().noneMatch(result -> result.outcome().isAccepted())) {
                    throw e;
                }
                // what was delivered has to be settled, lest it be delivered again
                stopped = true;
                results.add(DeliveryResult.local(refused(STOPPED)));
            }
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    private Outcome one(DeliveryRequest request, Recipient recipient, TracedAddresses before)
            throws InterruptedException {
        String mail = request.message().id();
        try {
            if (!(recipients.find(recipient.path(), literal -> true) instanceof Destination.Found found)) {
                return refused(GONE);
            }
            String address = switch (recipient.path()) {
                case Mailbox named -> named.toString();
                case Postmaster bare -> found.mailbox().toString();
            };
            if (before.contains(address)) {
                return refused(LOOP);
            }
            if (!request.stillOurs().getAsBoolean()) {
                return new Outcome.Failed(NOT_OURS, Moment.PREPARE);
            }
            FinalCopy copy = new FinalCopy(request.reversePath(), address, request.content());
            return new Outcome.Accepted(step.deliver(request, found.mailbox(), copy));
        } catch (SmtpException e) {
            return refused(e.reply());
        } catch (MailboxException e) {
            LOG.warn("mail {}: {}", mail, e.getMessage());
            return refused(
                    switch (e.kind()) {
                        case FULL -> FULL;
                        case IO -> FAILED;
                    });
        } catch (IOException e) {
            LOG.warn("mail {}: {}", mail, e.toString());
            return refused(FAILED);
        }
    }

    private static Outcome refused(Reply reply) {
        return new Outcome.Refused(reply, Moment.CONTENT);
    }
}
