package org.mailwright.smtp.queue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Says which way mail for a recipient goes. It may block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Router {

    /**
     * One way of one mail.
     *
     * @param recipient who it goes to, after aliases
     * @param lane the line it waits in
     * @param reversePath where reports go, when that is not the reverse-path of the mail: the owner of a list
     * @param priority how urgent it is
     */
    record Route(Recipient recipient, LaneName lane, Optional<ReversePath> reversePath, Priority priority) {

        /** Returns a way with the mail's own reverse-path and the usual priority. */
        public static Route of(Recipient recipient, LaneName lane) {
            return new Route(recipient, lane, Optional.empty(), Priority.NORMAL);
        }
    }

    /**
     * Finds the ways of one recipient: one, or more behind an alias or a list; none when an alias throws mail away.
     *
     * @param envelope the mail, for what depends on its sender
     * @throws SmtpException when there is no way: the mail is refused with this reply
     * @throws IOException when it cannot be found out now
     */
    List<Route> route(Envelope envelope, Recipient recipient) throws SmtpException, IOException;
}
