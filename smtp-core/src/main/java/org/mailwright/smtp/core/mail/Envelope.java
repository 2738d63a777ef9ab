package org.mailwright.smtp.core.mail;

import java.util.List;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;

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

    /**
     * Set by an extension that tells the client what came of the content for each recipient, as LMTP does by itself.
     */
    public static final AttributeKey<Boolean> ANSWERED_EACH = AttributeKey.of("answered-each", Scope.TRANSACTION);

    /** Copies the list. */
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /**
     * Tells whether the client hears what came of the content for each recipient. Where it does not, a sink does best
     * to take a mail for all or for none: whoever has it already would get it again.
     */
    public boolean answeredEach() {
        return origin.role() == Role.LMTP || attributes.has(ANSWERED_EACH);
    }

    /** Returns a copy with these attributes. */
    public Envelope withAttributes(Attributes changed) {
        return new Envelope(id, reversePath, recipients, changed, origin);
    }
}
