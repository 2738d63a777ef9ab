package org.mailwright.smtp.core.mail;

import java.util.List;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;

/**
 * What stands on the outside of one mail: who sent it, to whom, and with which parameters (RFC 5321 §2.3.1).
 *
 * @param id names the mail from here on: in the trace field, the log, the queue and the mailbox; letters and digits
 * @param reversePath where reports go, may be null ({@code <>})
 * @param recipients at least one, in the order of their RCPT commands, duplicates included
 * @param attributes values of MAIL parameters and of extensions
 * @param origin the session that brought it
 * @since 0.1.0
 */
public record Envelope(
        String id, ReversePath reversePath, List<Recipient> recipients, Attributes attributes, Origin origin) {

    /** Copies the list. */
    public Envelope {
        recipients = List.copyOf(recipients);
    }
}
