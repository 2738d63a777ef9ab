package org.mailwright.smtp.mailbox.quota;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds of Maildirs, kept in the file {@code maildirsize} as Maildir++ has it, so that IMAP servers count the same.
 *
 * @since 0.1.0
 */
public final class MaildirQuotas implements QuotaKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(MaildirQuotas.class);

    private final MaildirStore store;
    private final Function<LocalMailbox, Quota> quotas;
    private final WhenFull whenFull;
    private final InstantSource clock;

    /**
     * Bounds.
     *
     * @param store where the mailboxes are
     * @param quotas the bound of each; quick
     * @param whenFull whether a mail waits for room
     * @param clock tells whether a {@code maildirsize} is fresh
     */
    public MaildirQuotas(
            MaildirStore store, Function<LocalMailbox, Quota> quotas, WhenFull whenFull, InstantSource clock) {
        this.store = store;
        this.quotas = quotas;
        this.whenFull = whenFull;
        this.clock = clock;
    }

    @Override
    public void admit(LocalMailbox mailbox, long octets) throws SmtpException, IOException {
        Quota quota = quotas.apply(mailbox);
        if (quota.isBounded()
                && quota.isExceededBy(
                        size(mailbox, quota).usage(clock.instant(), octets).plus(octets, 1))) {
            Reply reply = whenFull.reply();
            throw new SmtpException(reply);
        }
    }

    @Override
    public void added(LocalMailbox mailbox, long octets) {
        Quota quota = quotas.apply(mailbox);
        if (quota.isBounded()) {
            try {
                size(mailbox, quota).add(octets);
            } catch (IOException e) {
                LOG.warn("the size of the mailbox {} cannot be noted: {}", mailbox, e.toString());
            }
        }
    }

    private MaildirSize size(LocalMailbox mailbox, Quota quota) {
        return new MaildirSize(store.folder(mailbox), quota);
    }
}
