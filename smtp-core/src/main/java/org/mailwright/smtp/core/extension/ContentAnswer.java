package org.mailwright.smtp.core.extension;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Says in which words a client is told what came of a content, where each recipient has a result of its own. Must not
 * block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContentAnswer {

    /**
     * Returns the replies to send.
     *
     * @param each what came of it for each recipient, in the order of the envelope
     * @return at least one; empty: this mail is answered as if the extension were not there
     */
    Optional<List<Reply>> replies(Envelope envelope, List<Reply> each);
}
