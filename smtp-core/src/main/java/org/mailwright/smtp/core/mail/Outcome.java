package org.mailwright.smtp.core.mail;

import org.mailwright.smtp.core.reply.Reply;

/**
 * What became of a mail for one recipient.
 *
 * @since 0.1.0
 */
public sealed interface Outcome {

    /** Returns the reply that decided it: the peer's, or one made on this side where the peer gave none. */
    Reply reply();

    /** Returns when it was decided. */
    Moment moment();

    /** The peer took the mail and answers for it from now on. */
    record Accepted(Reply reply) implements Outcome {
        @Override
        public Moment moment() {
            return Moment.CONTENT;
        }
    }

    /**
     * The mail was refused.
     *
     * @param reply 4xx: may be tried again; 5xx: must not
     * @param moment which command the peer refused; {@link Moment#PREPARE} when this side refused to send
     */
    record Refused(Reply reply, Moment moment) implements Outcome {}

    /**
     * The connection failed while it was certain that the peer had not taken the mail: may be tried again at once.
     *
     * @param reply made on this side, 4xx
     */
    record Failed(Reply reply, Moment moment) implements Outcome {}

    /**
     * The content was sent whole, and the connection failed before the answer: the peer may have taken the mail or not
     * (RFC 1047). Trying again may deliver it twice; not trying may lose it.
     *
     * @param reply made on this side, 4xx
     */
    record Unknown(Reply reply) implements Outcome {
        @Override
        public Moment moment() {
            return Moment.CONTENT;
        }
    }

    /** Tells whether the peer took the mail. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    /** Tells whether trying again makes no sense. */
    default boolean isPermanent() {
        return reply().isPermanent();
    }
}
