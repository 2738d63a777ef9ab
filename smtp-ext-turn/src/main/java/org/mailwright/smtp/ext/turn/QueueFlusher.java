package org.mailwright.smtp.ext.turn;

import java.io.IOException;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Begins to send the mail that waits for a node. May block, unless it is {@link NonBlocking}; many sessions ask at the
 * same time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface QueueFlusher {

    /**
     * Begins to send, over connections of its own: to the node as the queue knows it, never to the client that asks
     * (RFC 1985 §6).
     *
     * @param session who asks
     * @throws SmtpException to answer something else
     * @throws IOException when it cannot be done now: becomes 451 4.3.0
     */
    Flush flush(EtrnNode node, SessionView session) throws SmtpException, IOException;

    /** Returns one that has no queue. */
    static QueueFlusher none() {
        return new None();
    }

    /** Has no queue. */
    record None() implements QueueFlusher, NonBlocking {
        @Override
        public Flush flush(EtrnNode node, SessionView session) {
            return new Flush.Unable("mail is not queued here");
        }
    }
}
