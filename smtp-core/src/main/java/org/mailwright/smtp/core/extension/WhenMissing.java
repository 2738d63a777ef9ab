package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.reply.Reply;

/**
 * What a client does with a parameter whose keyword the peer does not offer.
 *
 * @since 0.1.0
 */
public sealed interface WhenMissing {

    /** Sends the mail without it. */
    record Drop() implements WhenMissing {}

    /** Does not send; this reply stands for the peer's: of the mail, or of the one recipient that has the value. */
    record Fail(Reply reply) implements WhenMissing {}

    /**
     * Changes the mail so that it needs the parameter no more, and takes the value off it.
     *
     * @param preparer called once per mail; what it leaves of the value is not sent
     */
    record Convert(MailPreparer preparer) implements WhenMissing {}

    /** Returns {@link Drop}. */
    static WhenMissing drop() {
        return new Drop();
    }

    /** Returns {@link Fail}. */
    static WhenMissing fail(int code, String enhanced, String text) {
        return new Fail(Reply.of(code, enhanced, text));
    }

    /** Returns {@link Convert}. */
    static WhenMissing convert(MailPreparer preparer) {
        return new Convert(preparer);
    }
}
