package org.mailwright.smtp.core.mail;

import java.util.List;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;

/**
 * One mail to be sent: who from, to whom, with which parameters, and what.
 *
 * @param reversePath where reports go, may be null ({@code <>})
 * @param recipients at least one; each gets a result of its own
 * @param attributes values of MAIL parameters, each below the key of its {@code Parameter}
 * @param body the content
 * @since 0.1.0
 */
public record OutgoingMail(ReversePath reversePath, List<Recipient> recipients, Attributes attributes, Body body) {

    /** Copies the list. */
    public OutgoingMail {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a mail needs at least one recipient");
        }
    }

    /** Returns a mail without parameters. */
    public static OutgoingMail of(ReversePath reversePath, List<ForwardPath> recipients, Body body) {
        return new OutgoingMail(
                reversePath, recipients.stream().map(Recipient::of).toList(), Attributes.EMPTY, body);
    }

    /** Returns a mail that was accepted by a server, to be sent on. */
    public static OutgoingMail of(Envelope envelope, Body body) {
        return new OutgoingMail(envelope.reversePath(), envelope.recipients(), envelope.attributes(), body);
    }

    /** Returns a copy with these attributes. */
    public OutgoingMail withAttributes(Attributes changed) {
        return new OutgoingMail(reversePath, recipients, changed, body);
    }

    /** Returns a copy with this body. */
    public OutgoingMail withBody(Body changed) {
        return new OutgoingMail(reversePath, recipients, attributes, changed);
    }

    /** Returns a copy for these recipients. */
    public OutgoingMail withRecipients(List<Recipient> changed) {
        return new OutgoingMail(reversePath, changed, attributes, body);
    }
}
