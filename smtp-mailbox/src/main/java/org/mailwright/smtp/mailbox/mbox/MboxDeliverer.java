package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.FinalCopy;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.delivery.MailboxDelivery;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * Delivers queued mail into mbox files, one per user: locked, quoted as mboxrd, forced to the medium, and cut back to
 * what they were when that fails. A mail whose process dies before the queue knows of the delivery is there twice
 * afterwards; who cannot have that takes Maildirs.
 *
 * @since 0.1.0
 */
public final class MboxDeliverer implements Deliverer {
    private final PathTemplate template;
    private final QuotaKeeper quotas;
    private final InstantSource clock;
    private final MboxFiles files;
    private final MailboxDelivery delivery;

    /**
     * A deliverer.
     *
     * @param template where the files are
     * @param recipients whose they are
     * @param quotas how much they hold
     * @param host this host's name, for lock files
     * @param config how they are locked
     * @param clock tells the time of delivery, and how old lock files are
     */
    public MboxDeliverer(
            PathTemplate template,
            LocalRecipients recipients,
            QuotaKeeper quotas,
            String host,
            MboxConfig config,
            InstantSource clock) {
        this.template = template;
        this.quotas = quotas;
        this.clock = clock;
        this.files = new MboxFiles(host, config, clock);
        this.delivery = new MailboxDelivery(recipients, this::append);
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        return delivery.deliver(request);
    }

    private Reply append(DeliveryRequest request, LocalMailbox mailbox, FinalCopy copy)
            throws SmtpException, IOException, InterruptedException {
        quotas.admit(mailbox, request.message().size());
        long size = files.append(template.resolve(mailbox), MboxMail.of(copy, clock.instant()));
        quotas.added(mailbox, size);
        return Reply.of(250, "2.1.5", "Delivered to the mailbox");
    }
}
