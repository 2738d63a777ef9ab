package org.mailwright.smtp.mailbox.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.FinalCopy;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MailDrop;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.mailwright.smtp.mailbox.MessageKey;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers queued mail into Maildirs. The name of a file follows from mail and mailbox, so a mail that is delivered a
 * second time, because the process died before the queue knew of the first, is still one file.
 *
 * @since 0.1.0
 */
public final class MaildirDeliverer implements Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(MaildirDeliverer.class);

    /** A mail older than this may have been tried before, by this process or by another. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final MaildirStore store;
    private final QuotaKeeper quotas;
    private final InstantSource clock;
    private final Instant started;
    private final MailboxDelivery delivery;

    /**
     * A deliverer.
     *
     * @param store where the mailboxes are
     * @param recipients whose they are
     * @param quotas how much they hold
     * @param clock the clock that mails are accepted by
     */
    public MaildirDeliverer(MaildirStore store, LocalRecipients recipients, QuotaKeeper quotas, InstantSource clock) {
        this.store = store;
        this.quotas = quotas;
        this.clock = clock;
        this.started = clock.instant();
        this.delivery = new MailboxDelivery(recipients, this::put);
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        return delivery.deliver(request);
    }

    private Reply put(DeliveryRequest request, LocalMailbox mailbox, FinalCopy copy) throws SmtpException, IOException {
        Message message = request.message();
        MessageKey key = new MessageKey(message.id(), message.accepted());
        Reply delivered = Reply.of(250, "2.1.5", "Delivered to the mailbox");
        if (mayBeThere(message) && store.holds(key, mailbox)) {
            return delivered;
        }
        quotas.admit(mailbox, message.size());
        MailDrop drop = store.open(key, mailbox);
        try {
            copy.writeTo(drop::write);
            if (drop.deliver(List.of(mailbox)) > 0) {
                quotas.added(mailbox, drop.size());
            }
        } finally {
            close(drop, message);
        }
        return delivered;
    }

    /** A fresh mail was never tried, and nobody's mailbox has to be looked through for it. */
    private boolean mayBeThere(Message message) {
        return message.accepted().isBefore(started)
                || message.accepted().isBefore(clock.instant().minus(FRESH));
    }

    /** What cannot be removed is no mail, and no reason to say that a delivered one was not delivered. */
    private static void close(MailDrop drop, Message message) {
        try {
            drop.close();
        } catch (IOException e) {
            LOG.warn("mail {}: the working copy cannot be removed: {}", message.id(), e.getMessage());
        }
    }
}
