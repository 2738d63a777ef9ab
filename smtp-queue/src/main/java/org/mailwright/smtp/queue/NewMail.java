package org.mailwright.smtp.queue;

import java.util.List;

/**
 * A mail that was made on this host, such as a report: small, and whole in memory.
 *
 * @param message its envelope; the size is that of the content
 * @param content the octets, lines ended by CRLF, without dot-stuffing: must not be changed from now on
 * @param deliveries at least one
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of every report would serve nobody
public record NewMail(Message message, byte[] content, List<NewDelivery> deliveries) {

    /** Copies the list. */
    public NewMail {
        deliveries = List.copyOf(deliveries);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("a mail needs at least one recipient");
        }
    }
}
