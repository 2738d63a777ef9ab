package org.mailwright.smtp.core.session;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.HeaderSection;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Asks the gates on behalf of one session. */
final class Gates {

    /**
     * What the gates of a stage let pass.
     *
     * @param subject as they left it
     * @param reply what they want said in place of the usual reply
     */
    record Passed<T>(T subject, Optional<Reply> reply) {}

    private final SmtpService service;
    private final Session session;
    private boolean dropped;

    Gates(SmtpService service, Session session) {
        this.service = service;
        this.session = session;
    }

    /** Asks the gates of a stage in their order. */
    <T> Passed<T> ask(Stage<T> stage, T subject) throws SmtpException, IOException {
        T current = subject;
        Optional<Reply> reply = Optional.empty();
        Attributes kept = Attributes.EMPTY;
        for (Gate<? super T> gate : service.gates(stage)) {
            switch (gate.judge(session, current)) {
                case Verdict.Pass pass -> {}
                case Verdict.Amend(Attributes attributes, Optional<Reply> said) -> {
                    kept = with(kept, attributes.without(Scope.TRANSACTION).without(Scope.RECIPIENT));
                    Attributes own = attributes.without(Scope.CONNECTION).without(Scope.TLS_EPOCH);
                    current = stage.subject().cast(amended(stage, current, own));
                    reply = said.isPresent() ? said : reply;
                }
                case Verdict.Refuse refuse -> throw new SmtpException(refuse.reply());
                case Verdict.Drop drop -> {
                    dropped = true;
                    throw new SmtpException(drop.reply());
                }
            }
        }
        kept.forEach(this::keep); // only now, for what was refused counts for nothing
        return new Passed<>(current, reply);
    }

    private static Attributes with(Attributes some, Attributes more) {
        Attributes[] all = {some};
        more.forEach((key, value) -> all[0] = with(all[0], key, value));
        return all[0];
    }

    @SuppressWarnings("unchecked") // Attributes pair key and value by type
    private static <T> Attributes with(Attributes all, AttributeKey<T> key, Object value) {
        return all.with(key, (T) value);
    }

    @SuppressWarnings("unchecked") // Attributes pair key and value by type
    private <T> void keep(AttributeKey<T> key, Object value) {
        session.set(key, (T) value);
    }

    private static Object amended(Stage<?> stage, Object subject, Attributes attributes) {
        if (subject instanceof Stage.MailRequest request) {
            return new Stage.MailRequest(request.reversePath(), attributes);
        }
        if (subject instanceof Recipient recipient) {
            return new Recipient(recipient.path(), attributes);
        }
        if (subject instanceof Stage.Heading(Envelope envelope, HeaderSection header)) {
            return new Stage.Heading(envelope.withAttributes(attributes), header);
        }
        throw new IllegalStateException("a gate of stage " + stage.name() + " cannot change attributes");
    }

    /** Tells whether a gate wants the client gone. */
    boolean dropped() {
        return dropped;
    }
}
