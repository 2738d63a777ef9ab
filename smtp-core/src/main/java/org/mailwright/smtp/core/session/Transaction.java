package org.mailwright.smtp.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;

/** One mail in the making. */
final class Transaction {

    final ReversePath reversePath;
    final List<Recipient> recipients = new ArrayList<>(2);
    Attributes attributes;

    @Nullable
    MailReceiver receiver;

    Transaction(ReversePath reversePath, Attributes attributes) {
        this.reversePath = reversePath;
        this.attributes = attributes;
    }
}
