package org.mailwright.smtp.queue;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Recipient;

/**
 * One recipient of a mail on its way into the queue.
 *
 * @param recipient who it goes to, after aliases; the attributes survive the queue
 * @param lane the line it waits in
 * @param reversePath where reports go, when that is not the reverse-path of the mail: the owner of a list
 * @param priority how urgent it is
 * @param due when it is first tried, not before
 * @since 0.1.0
 */
public record NewDelivery(
        Recipient recipient, LaneName lane, Optional<ReversePath> reversePath, Priority priority, Instant due) {}
