package org.mailwright.smtp.core.mail;

import java.util.Collections;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What a {@link MessageSink} says about a mail it was given: one reply per recipient, in the order of the envelope. A
 * positive reply is a promise: the mail is stored, or delivered.
 *
 * @param replies as many as there are recipients
 * @since 0.1.0
 */
public record Acceptance(List<Reply> replies) {

    /** Copies the list. */
    public Acceptance {
        replies = List.copyOf(replies);
    }

    /** Returns the same reply for every recipient of an envelope. */
    public static Acceptance all(Envelope envelope, Reply reply) {
        return new Acceptance(Collections.nCopies(envelope.recipients().size(), reply));
    }

    /**
     * Returns the one reply that stands for all where the protocol has room for one only (RFC 5321): the common one;
     * else a transient failure, so that the client tries again and nothing is lost; else the first permanent one.
     */
    public Reply combined() {
        Reply first = replies.get(0);
        Reply permanent = null;
        for (Reply reply : replies) {
            if (reply.isTransient()) {
                return reply;
            }
            if (permanent == null && reply.isPermanent()) {
                permanent = reply;
            }
        }
        boolean mixed = permanent != null && replies.stream().anyMatch(Reply::isPositive);
        if (mixed) {
            return Reply.of(451, "4.3.0", "Some recipients could not be served; try again");
        }
        return permanent != null ? permanent : first;
    }
}
