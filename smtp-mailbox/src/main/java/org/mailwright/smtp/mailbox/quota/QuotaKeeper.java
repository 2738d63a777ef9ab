package org.mailwright.smtp.mailbox.quota;

import java.io.IOException;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalMailbox;

/**
 * Keeps mailboxes from growing beyond their bounds. May block; asked by many deliveries at the same time, so that a
 * mailbox may end up as many mails above its bound as are delivered to it at once.
 *
 * @since 0.1.0
 */
public interface QuotaKeeper {
    /** Lets mailboxes grow without bound. */
    QuotaKeeper UNBOUNDED = new QuotaKeeper() {
        @Override
        public void admit(LocalMailbox mailbox, long octets) {}

        @Override
        public void added(LocalMailbox mailbox, long octets) {}
    };

    /**
     * Lets a mail in, or not.
     *
     * @param octets its size
     * @throws SmtpException when the mailbox has no room for it
     * @throws IOException when it cannot be found out
     */
    void admit(LocalMailbox mailbox, long octets) throws SmtpException, IOException;

    /**
     * Counts a mail that was put into a mailbox. What cannot be noted is logged and not thrown: the mail is there.
     *
     * @param octets its size in the mailbox
     */
    void added(LocalMailbox mailbox, long octets);
}
