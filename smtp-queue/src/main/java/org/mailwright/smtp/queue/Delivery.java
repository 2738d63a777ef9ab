package org.mailwright.smtp.queue;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;

/**
 * One recipient of one mail that is still to be delivered.
 *
 * @param id unique in its queue
 * @param message the mail
 * @param lane the line it waits in
 * @param recipient who it goes to
 * @param reversePath where reports go: the reverse-path of the mail, or the owner of the list that it came through
 * @param priority how urgent it is
 * @param attempts how often it has been tried in vain
 * @param due when it is tried next, not before
 * @param last what was said the last time, if it has been tried
 * @param delayReported whether the sender was told that it is late
 * @since 0.1.0
 */
public record Delivery(
        long id,
        Message message,
        LaneName lane,
        Recipient recipient,
        ReversePath reversePath,
        Priority priority,
        int attempts,
        Instant due,
        Optional<Reply> last,
        boolean delayReported) {}
