package org.mailwright.smtp.queue;

import java.util.List;
import java.util.Set;

/**
 * A mail that was made on this host, such as a report: small, and whole in memory.
 *
 * @param message its envelope; the size is that of the content
 * @param content the octets, lines ended by CRLF, without dot-stuffing: must not be changed from now on
 * @param deliveries at least one
 * @param tells ids of the deliveries that it tells of, at least one: it is put in only along with a settlement of one
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of every report would serve nobody
public record NewMail(Message message, byte[] content, List<NewDelivery> deliveries, Set<Long> tells) {

    /** Copies the lists. */
    public NewMail {
        deliveries = List.copyOf(deliveries);
        tells = Set.copyOf(tells);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("a mail needs at least one recipient");
        }
        if (tells.isEmpty()) {
            throw new IllegalArgumentException("a mail made here tells of at least one delivery");
        }
    }
}
