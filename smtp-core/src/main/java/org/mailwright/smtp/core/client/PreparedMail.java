package org.mailwright.smtp.core.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientProfile.Offered;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * A mail made ready for one peer.
 *
 * @param mail what the preparers left of it
 * @param prelude lines to say before it
 * @param from the MAIL line
 * @param to what to do about each recipient
 * @param framing how its content goes out
 * @param eachAnswered tells whether a reply to its content says that one for each recipient follows
 */
record PreparedMail(
        OutgoingMail mail,
        List<ClientLine> prelude,
        ClientLine from,
        List<To> to,
        Framing framing,
        Predicate<Reply> eachAnswered) {

    private static final Framing DATA = new Framing.Dotted(Command.of("DATA"));
    private static final Reply NOT_ASCII =
            Reply.of(553, "5.6.7", "The server does not take internationalized addresses");

    /** What to do about one recipient. */
    sealed interface To {
        /** Say this line. */
        record Line(ClientLine line) implements To {}

        /** Do not name it to this peer. */
        record Refusal(Reply reply) implements To {}
    }

    /**
     * Makes a mail ready.
     *
     * @throws SmtpException when it must not be sent to this peer
     */
    static PreparedMail of(OutgoingMail mail, PeerView peer, ClientProfile profile) throws SmtpException, IOException {
        OutgoingMail ready = mail;
        for (MailPreparer preparer : profile.preparers()) {
            ready = preparer.prepare(ready, peer);
        }
        for (Offered<?> offered : profile.mailParameters()) {
            if (has(ready.attributes(), offered) && !peer.offers(offered.keyword())) {
                ready = withoutMail(ready, offered, peer);
            }
        }
        for (Offered<?> offered : profile.rcptParameters()) {
            if (offered.policy() instanceof WhenMissing.Convert convert
                    && !peer.offers(offered.keyword())
                    && anyHas(ready.recipients(), offered)) {
                ready = convert.preparer().prepare(ready, peer);
            }
        }
        if (ready.recipients().size() != mail.recipients().size()) {
            throw new IOException("A preparer changed the number of recipients");
        }
        return rendered(ready, peer, profile);
    }

    private static OutgoingMail withoutMail(OutgoingMail mail, Offered<?> offered, PeerView peer)
            throws SmtpException, IOException {
        Optional<Reply> refusal = offered.policy().refusal(mail.attributes());
        if (refusal.isPresent()) {
            throw new SmtpException(refusal.get());
        }
        return offered.policy() instanceof WhenMissing.Convert convert
                ? convert.preparer().prepare(mail, peer)
                : mail;
    }

    private static PreparedMail rendered(OutgoingMail mail, PeerView peer, ClientProfile profile) throws SmtpException {
        boolean utf8 = false;
        StringBuilder from =
                new StringBuilder(80).append("FROM:").append(mail.reversePath().path());
        for (Offered<?> offered : profile.mailParameters()) {
            if (render(mail.attributes(), offered, peer, from)) {
                AttributeKey<?> key = offered.parameter().key();
                utf8 |= key == WellKnown.INTERNATIONALIZED;
            }
        }
        if (!utf8 && !mail.reversePath().isAscii()) {
            throw new SmtpException(NOT_ASCII);
        }
        List<To> to = new ArrayList<>(mail.recipients().size());
        for (Recipient recipient : mail.recipients()) {
            to.add(to(recipient, utf8, peer, profile));
        }
        return new PreparedMail(
                mail,
                prelude(mail, peer, profile),
                ClientLine.of(Command.of("MAIL", from.toString())),
                to,
                framing(mail, peer, profile),
                eachAnswered(mail, peer, profile));
    }

    private static Predicate<Reply> eachAnswered(OutgoingMail mail, PeerView peer, ClientProfile profile) {
        List<ClientProfile.Answer> offered = profile.answers().stream()
                .filter(answer -> peer.offers(answer.keyword()))
                .toList();
        return reply -> offered.stream().anyMatch(answer -> answer.announced().test(mail, reply));
    }

    private static To to(Recipient recipient, boolean utf8, PeerView peer, ClientProfile profile) {
        if (!utf8 && !recipient.path().isAscii()) {
            return new To.Refusal(NOT_ASCII);
        }
        StringBuilder line =
                new StringBuilder(80).append("TO:").append(recipient.path().path());
        for (Offered<?> offered : profile.rcptParameters()) {
            boolean sent = render(recipient.attributes(), offered, peer, line);
            if (!sent && has(recipient.attributes(), offered)) {
                Optional<Reply> refusal = offered.policy().refusal(recipient.attributes());
                if (refusal.isPresent()) {
                    return new To.Refusal(refusal.get());
                }
            }
        }
        return new To.Line(ClientLine.of(Command.of("RCPT", line.toString())));
    }

    private static List<ClientLine> prelude(OutgoingMail mail, PeerView peer, ClientProfile profile) {
        return profile.preludes().stream()
                .filter(prelude -> peer.offers(prelude.keyword()))
                .flatMap(prelude -> prelude.lines().apply(mail, peer).stream())
                .toList();
    }

    private static Framing framing(OutgoingMail mail, PeerView peer, ClientProfile profile) {
        for (ClientProfile.Writer writer : profile.writers()) {
            if (writer.preference() > 0 && peer.offers(writer.keyword())) {
                Optional<Framing> framing = writer.writer().framing(mail, peer);
                if (framing.isPresent()) {
                    return framing.get();
                }
            }
        }
        return DATA;
    }

    private static boolean anyHas(List<Recipient> recipients, Offered<?> offered) {
        for (Recipient recipient : recipients) {
            if (has(recipient.attributes(), offered)) {
                return true;
            }
        }
        return false;
    }

    private static <T> boolean has(Attributes attributes, Offered<T> offered) {
        return value(attributes, offered).isPresent();
    }

    /** Returns the value for a parameter, unless it is one of another extension's. */
    private static <T> Optional<T> value(Attributes attributes, Offered<T> offered) {
        return attributes
                .get(offered.parameter().key())
                .filter(offered.parameter().syntax()::takes);
    }

    private static <T> boolean render(Attributes attributes, Offered<T> offered, PeerView peer, StringBuilder to) {
        Optional<T> value = value(attributes, offered);
        if (value.isEmpty() || !peer.offers(offered.keyword())) {
            return false;
        }
        Optional<String> text = offered.parameter().syntax().render(value.get());
        to.append(' ').append(new EsmtpParameter(offered.parameter().keyword(), text));
        return true;
    }
}
