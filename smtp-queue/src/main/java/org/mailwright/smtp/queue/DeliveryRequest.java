package org.mailwright.smtp.queue;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Recipient;

/**
 * One mail to be handed on, to some recipients of one lane.
 *
 * @param message the mail
 * @param lane where to
 * @param reversePath where reports go
 * @param recipients at least one
 * @param content can be opened more than once
 * @param stillOurs asked before the point of no return, such as the final dot: when it says no, another node may be
 *     delivering the same, and the attempt is given up
 * @since 0.1.0
 */
public record DeliveryRequest(
        Message message,
        LaneName lane,
        ReversePath reversePath,
        List<Recipient> recipients,
        Body content,
        BooleanSupplier stillOurs) {

    /** Copies the list. */
    public DeliveryRequest {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one recipient");
        }
    }
}
