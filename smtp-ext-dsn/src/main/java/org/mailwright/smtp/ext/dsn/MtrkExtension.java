package org.mailwright.smtp.ext.dsn;

import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * MTRK (RFC 3885) as far as the envelope: a sender marks a mail, and the mark goes with it from host to host, counting
 * down. Who wants to answer questions about the mail (MTQP, RFC 3887) finds the mark at each recipient.
 *
 * <p>It is kept with the recipients, since it follows them: where one address takes the place of another it stays, and
 * where several do, or a list, it must not (§3.3). No listener has it unless its configuration names it, for whoever
 * offers it promises to remember mails.
 *
 * @since 0.1.0
 */
public final class MtrkExtension implements Extension {

    /** The mark of a mail, while it is said: what a client sets on a mail of its own. */
    public static final AttributeKey<Tracking> MTRK = AttributeKey.of("mtrk", Scope.TRANSACTION);

    /** The mark, with each recipient that has it. */
    public static final AttributeKey<Tracking> TRACKED = AttributeKey.durable(
            "mtrk-tracked", Scope.RECIPIENT, new AttributeKey.Codec<>(Tracking::stored, Tracking::restored));

    /** Where gates and preparer stand among those of their stage. */
    public static final int ORDER = 110;

    private static final String KEYWORD = "MTRK";
    private static final String DSN = "DSN";
    private static final Reply MALFORMED =
            Reply.of(501, "5.5.4", "MTRK is a certifier in base64, and perhaps \":\" and seconds");
    private static final Verdict UNNAMED =
            Verdict.refuse(501, "5.5.4", "MTRK needs ENVID, which is an identifier, \"@\" and a host");

    private final InstantSource clock;

    /** MTRK by the system's clock. */
    public MtrkExtension() {
        this(InstantSource.system());
    }

    /** MTRK by a clock. */
    @Inject
    public MtrkExtension(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** ENVID and ORCPT are a part of it (RFC 3885 §2). */
    @Override
    public Set<String> requires() {
        return Set.of(DSN);
    }

    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.noneOf(Role.class);
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD)
                .mailParameter(parameter())
                .durable(TRACKED)
                .gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) MtrkExtension::named)
                .gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) MtrkExtension::marked);
    }

    /** RFC 3885 §3.2. */
    private static Verdict named(SessionView session, Stage.MailRequest mail) {
        return !mail.attributes().has(MTRK) || isNamed(mail.attributes()) ? Verdict.pass() : UNNAMED;
    }

    private static boolean isNamed(Attributes mail) {
        return mail.get(DsnExtension.ENVID).filter(EnvelopeId::namesHost).isPresent();
    }

    private static Verdict marked(SessionView session, Recipient recipient) {
        return session.get(MTRK)
                .map(tracking -> Verdict.amend(recipient.attributes().with(TRACKED, tracking)))
                .orElse(Verdict.pass());
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, parameter(), WhenMissing.drop())
                .preparer(ORDER, (MailPreparer & NonBlocking) this::prepared);
    }

    /** Marks the mail where all recipients have the same mark, and the peer can make use of it. */
    private OutgoingMail prepared(OutgoingMail mail, PeerView peer) {
        Optional<Tracking> mark = mail.attributes().get(MTRK).or(() -> common(mail.recipients()));
        if (mark.isEmpty()) {
            return mail;
        }
        boolean sent = peer.offers(KEYWORD)
                && peer.offers(DSN)
                && isNamed(mail.attributes())
                && !mark.get().isOver(clock.instant());
        return mail.withAttributes(
                sent
                        ? mail.attributes().with(MTRK, mark.get())
                        : mail.attributes().without(MTRK));
    }

    private static Optional<Tracking> common(List<Recipient> recipients) {
        List<Optional<Tracking>> marks = recipients.stream()
                .map(recipient -> recipient.attributes().get(TRACKED))
                .distinct()
                .toList();
        return marks.size() == 1 ? marks.getFirst() : Optional.empty();
    }

    private Parameter<Tracking> parameter() {
        return new Parameter<>(KEYWORD, MTRK, new Parameter.Syntax<>() {
            @Override
            public Tracking parse(Optional<String> value) throws SmtpException {
                Instant now = clock.instant();
                return value.flatMap(text -> Tracking.read(text, now)).orElseThrow(() -> new SmtpException(MALFORMED));
            }

            @Override
            public Optional<String> render(Tracking tracking) {
                return Optional.of(tracking.written(clock.instant()));
            }
        });
    }
}
