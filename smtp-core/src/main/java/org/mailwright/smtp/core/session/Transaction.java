package org.mailwright.smtp.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** One mail in the making. */
final class Transaction {

    /** For MAIL and for RCPT (RFC 6531 §3.5). */
    static final Reply SENDER_NOT_ASCII =
            Reply.of(550, "5.6.7", "Internationalized address, and MAIL does not say that the mail is");

    static final Reply RECIPIENT_NOT_ASCII =
            Reply.of(553, "5.6.7", "Internationalized address, and MAIL does not say that the mail is");

    final ReversePath reversePath;
    final List<Recipient> recipients = new ArrayList<>(2);
    Attributes attributes;

    @Nullable
    MailReceiver receiver;

    Transaction(ReversePath reversePath, Attributes attributes) {
        this.reversePath = reversePath;
        this.attributes = attributes;
    }

    /** Tells whether content has come already. */
    boolean contentBegun() {
        return receiver != null;
    }

    static void requireAscii(boolean ascii, Attributes ofMail, Reply refusal) throws SmtpException {
        if (!ascii && !ofMail.has(WellKnown.INTERNATIONALIZED)) {
            throw new SmtpException(refusal);
        }
    }
}
