package org.mailwright.smtp.core.extension;

import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What a {@link Gate} says.
 *
 * @since 0.1.0
 */
public sealed interface Verdict {

    /** Go on. */
    record Pass() implements Verdict {
        private static final Pass PASS = new Pass();
    }

    /**
     * Go on with these attributes in place of the ones judged. At {@link Stage#MAIL}, {@link Stage#RCPT} and
     * {@link Stage#HEADER} only.
     *
     * @param attributes all of the mail or recipient: what is left out is gone. What has the scope of the connection or
     *     the TLS epoch is kept there, once no other gate refuses
     * @param reply 2xx, said in place of the usual one; of several gates, the last one's. At {@link Stage#HEADER} in
     *     front of the answer to a content that is taken, where one answer is for all recipients
     */
    record Amend(Attributes attributes, Optional<Reply> reply) implements Verdict {
        /** Checks the reply. */
        public Amend {
            if (reply.isPresent() && !reply.get().isPositive()) {
                throw new IllegalArgumentException("what passes is not answered " + reply.get());
            }
        }
    }

    /** The command is refused with this 4xx or 5xx; the session goes on. */
    record Refuse(Reply reply) implements Verdict {}

    /** The reply is said and the connection closed. */
    record Drop(Reply reply) implements Verdict {}

    /** Returns {@link Pass}. */
    static Verdict pass() {
        return Pass.PASS;
    }

    /** Returns {@link Amend} with the usual reply. */
    static Verdict amend(Attributes attributes) {
        return new Amend(attributes, Optional.empty());
    }

    /** Returns {@link Amend} with a reply. */
    static Verdict amend(Attributes attributes, Reply reply) {
        return new Amend(attributes, Optional.of(reply));
    }

    /** Returns {@link Refuse}. */
    static Verdict refuse(Reply reply) {
        return new Refuse(reply);
    }

    /** Returns {@link Refuse}. */
    static Verdict refuse(int code, String enhanced, String text) {
        return new Refuse(Reply.of(code, enhanced, text));
    }

    /** Returns {@link Drop}. */
    static Verdict drop(Reply reply) {
        return new Drop(reply);
    }
}
