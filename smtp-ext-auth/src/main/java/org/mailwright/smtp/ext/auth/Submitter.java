package org.mailwright.smtp.ext.auth;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Xtext;

/**
 * Who submitted a mail first, as the parameter {@code AUTH=} of MAIL says (RFC 4954 section 5).
 *
 * <p>Whatever a client claims is taken, since the parameter must not be refused, but is not vouched for: sent on, it
 * becomes {@code AUTH=<>}. What a program sets itself is sent as it is.
 *
 * @param mailbox the submitter; the null path when he is not known
 * @param vouched whether this may be repeated to the next server
 * @since 0.1.0
 */
public record Submitter(ReversePath mailbox, boolean vouched) {

    /** Keeps the submitter with the mail, through the queue too. */
    public static final AttributeKey<Submitter> KEY = AttributeKey.durable(
            "auth-submitter", Scope.TRANSACTION, new AttributeKey.Codec<>(Submitter::written, Submitter::restored));

    static final Parameter<Submitter> PARAMETER = new Parameter<>("AUTH", KEY, new Syntax());

    private static final Submitter UNKNOWN = new Submitter(NullPath.INSTANCE, false);
    private static final Reply BAD = Reply.of(501, "5.5.4", "AUTH needs <> or a mailbox in xtext");

    /** A submitter for whom the program that sends the mail vouches. */
    public static Submitter of(Mailbox mailbox) {
        return new Submitter(mailbox, true);
    }

    private String written() {
        return switch (mailbox) {
            case NullPath none -> "<>";
            case Mailbox known -> vouched ? Xtext.encode(known.toString()) : "<>";
        };
    }

    private static Submitter restored(String text) {
        return parse(text).map(path -> new Submitter(path, true)).orElse(UNKNOWN);
    }

    private static Optional<ReversePath> parse(String text) {
        if (text.equals("<>")) {
            return Optional.of(NullPath.INSTANCE);
        }
        try {
            return Xtext.decodePrintable(text).map(Mailbox::parse);
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static final class Syntax implements Parameter.Syntax<Submitter> {

        @Override
        public Submitter parse(Optional<String> value) throws SmtpException {
            return value.flatMap(Submitter::parse)
                    .map(path -> new Submitter(path, false))
                    .orElseThrow(() -> new SmtpException(BAD));
        }

        @Override
        public Optional<String> render(Submitter value) {
            return Optional.of(value.written());
        }
    }
}
