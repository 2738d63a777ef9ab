package org.mailwright.smtp.core.extension;

import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.Attributes;
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
     * Does not send where the value forbids to go without it, and sends without it elsewhere.
     *
     * @param refusal makes the reply that stands for the peer's, of the attributes of the mail or of the recipient;
     *     empty: sent without. Must not block
     */
    record FailIf(Function<Attributes, Optional<Reply>> refusal) implements WhenMissing {}

    /**
     * Changes the mail so that it needs the parameter no more, and takes the value off it.
     *
     * @param preparer called once per mail; what it leaves of the value is not sent
     */
    record Convert(MailPreparer preparer) implements WhenMissing {}

    /** Returns the reply with which a mail or recipient fails that has the value, if it does. */
    default Optional<Reply> refusal(Attributes attributes) {
        return switch (this) {
            case Drop drop -> Optional.empty();
            case Convert convert -> Optional.empty();
            case Fail(Reply reply) -> Optional.of(reply);
            case FailIf(Function<Attributes, Optional<Reply>> refusal) -> refusal.apply(attributes);
        };
    }

    /** Returns {@link Drop}. */
    static WhenMissing drop() {
        return new Drop();
    }

    /** Returns {@link Fail}. */
    static WhenMissing fail(int code, String enhanced, String text) {
        return new Fail(Reply.of(code, enhanced, text));
    }

    /** Returns {@link FailIf}. */
    static WhenMissing failIf(Function<Attributes, Optional<Reply>> refusal) {
        return new FailIf(refusal);
    }

    /** Returns {@link Convert}. */
    static WhenMissing convert(MailPreparer preparer) {
        return new Convert(preparer);
    }
}
