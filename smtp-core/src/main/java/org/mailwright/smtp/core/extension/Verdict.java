package org.mailwright.smtp.core.extension;

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

    /** The command is refused with this 4xx or 5xx; the session goes on. */
    record Refuse(Reply reply) implements Verdict {}

    /** The reply is said and the connection closed. */
    record Drop(Reply reply) implements Verdict {}

    /** Returns {@link Pass}. */
    static Verdict pass() {
        return Pass.PASS;
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
