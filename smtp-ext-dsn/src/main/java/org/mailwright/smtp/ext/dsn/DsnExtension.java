package org.mailwright.smtp.ext.dsn;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Ascii;

/**
 * DSN (RFC 3461): RET and ENVID of MAIL, NOTIFY and ORCPT of RCPT. They survive the queue, and go on to a peer that
 * offers DSN; a peer that does not gets the mail without them, and whoever wanted to hear of success is told by us that
 * the mail was relayed (§5.2.2).
 *
 * <p>An ORCPT is never added: it would have to name the address that the mail came in with (§5.2.1), and behind an
 * alias that is not the address that it goes out with.
 *
 * @since 0.1.0
 */
public final class DsnExtension implements Extension {

    /** How much of the mail comes back when it fails. */
    public static final AttributeKey<Ret> RET =
            AttributeKey.durableUpToLists("dsn-ret", new AttributeKey.Codec<>(Ret::name, read("RET", Ret::of)));

    /** The sender's name for the envelope. */
    public static final AttributeKey<EnvelopeId> ENVID = AttributeKey.durableUpToLists(
            "dsn-envid", new AttributeKey.Codec<>(EnvelopeId::xtext, read("ENVID", EnvelopeId::read)));

    /** Of what the sender wants to hear. */
    public static final AttributeKey<Notify> NOTIFY = AttributeKey.durable(
            "dsn-notify", Scope.RECIPIENT, new AttributeKey.Codec<>(Notify::toString, read("NOTIFY", Notify::read)));

    /** Whom the sender meant. */
    public static final AttributeKey<OriginalRecipient> ORCPT = AttributeKey.durable(
            "dsn-orcpt",
            Scope.RECIPIENT,
            new AttributeKey.Codec<>(original -> original.inAscii().written(), read("ORCPT", OriginalRecipient::read)));

    /** Whom this host took the mail for, where that is not whom it goes to: whoever follows an alias sets it. */
    public static final AttributeKey<ForwardPath> ACCEPTED = AttributeKey.durable(
            "dsn-accepted", Scope.RECIPIENT, new AttributeKey.Codec<>(ForwardPath::path, ForwardPath::parse));

    /** Where gate and preparer stand among those of their stage. */
    public static final int ORDER = 100;

    private static final String KEYWORD = "DSN";
    private static final String SMTPUTF8 = "SMTPUTF8";
    private static final Verdict UNITEXT = Verdict.refuse(501, "5.5.4", "ORCPT beyond US-ASCII needs SMTPUTF8");

    private static final Parameter<Ret> RET_PARAMETER =
            parameter("RET", RET, "RET is FULL or HDRS", Ret::of, Ret::name);
    private static final Parameter<EnvelopeId> ENVID_PARAMETER = parameter(
            "ENVID",
            ENVID,
            "ENVID is up to 100 characters of xtext for printable US-ASCII",
            EnvelopeId::read,
            EnvelopeId::xtext);
    private static final Parameter<Notify> NOTIFY_PARAMETER = parameter(
            "NOTIFY",
            NOTIFY,
            "NOTIFY is NEVER, or a list of SUCCESS, FAILURE and DELAY",
            Notify::read,
            Notify::toString);
    private static final Parameter<OriginalRecipient> ORCPT_PARAMETER = parameter(
            "ORCPT",
            ORCPT,
            "ORCPT is an address type, \";\" and an address in xtext, up to 500 characters",
            OriginalRecipient::read,
            OriginalRecipient::written);

    private final DsnConfig config;

    /** DSN with {@link DsnConfig#DEFAULT}. */
    public DsnExtension() {
        this(DsnConfig.DEFAULT);
    }

    /** DSN. */
    @Inject
    public DsnExtension(DsnConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code silence-peers}: true or false. */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("silence-peers")
                .flag("silence-peers")
                .map(silence -> new DsnExtension(new DsnConfig(silence)))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD)
                .mailParameter(RET_PARAMETER)
                .mailParameter(ENVID_PARAMETER)
                .rcptParameter(NOTIFY_PARAMETER)
                .rcptParameter(ORCPT_PARAMETER)
                .durable(ACCEPTED)
                .gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) DsnExtension::judge);
    }

    /** RFC 6533 §3: an address that is not written in US-ASCII belongs to a mail with SMTPUTF8. */
    private static Verdict judge(SessionView session, Recipient recipient) {
        boolean ascii = recipient
                .attributes()
                .get(ORCPT)
                .map(original -> Ascii.isAscii(original.encoded()))
                .orElse(true);
        return ascii || session.get(WellKnown.INTERNATIONALIZED).isPresent() ? Verdict.pass() : UNITEXT;
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, RET_PARAMETER, WhenMissing.drop());
        side.mailParameter(KEYWORD, ENVID_PARAMETER, WhenMissing.drop());
        side.rcptParameter(KEYWORD, NOTIFY_PARAMETER, WhenMissing.drop());
        side.rcptParameter(KEYWORD, ORCPT_PARAMETER, WhenMissing.drop());
        side.preparer(ORDER, (MailPreparer & NonBlocking) DsnExtension::spelled);
        if (config.silencePeers()) {
            side.preparer(ORDER, (MailPreparer & NonBlocking) DsnExtension::silenced);
        }
    }

    /** RFC 6533 §3: what is beyond US-ASCII stands for itself where the peer takes it, and is encoded elsewhere. */
    private static OutgoingMail spelled(OutgoingMail mail, PeerView peer) {
        for (Recipient recipient : mail.recipients()) {
            if (recipient.attributes().get(ORCPT).map(OriginalRecipient::isUtf8).orElse(false)) {
                boolean utf8 = peer.offers(SMTPUTF8)
                        && mail.attributes().get(WellKnown.INTERNATIONALIZED).orElse(false);
                return mail.withRecipients(mail.recipients().stream()
                        .map(each -> spelled(each, utf8))
                        .toList());
            }
        }
        return mail;
    }

    private static Recipient spelled(Recipient recipient, boolean utf8) {
        return recipient
                .attributes()
                .get(ORCPT)
                .map(original -> utf8 ? original.inUtf8() : original.inAscii())
                .map(original ->
                        new Recipient(recipient.path(), recipient.attributes().with(ORCPT, original)))
                .orElse(recipient);
    }

    private static OutgoingMail silenced(OutgoingMail mail, PeerView peer) {
        boolean never = mail.recipients().stream()
                .allMatch(recipient -> recipient
                        .attributes()
                        .get(NOTIFY)
                        .filter(Notify::isNever)
                        .isPresent());
        return never && !peer.offers(KEYWORD)
                ? new OutgoingMail(ReversePath.parse("<>"), mail.recipients(), mail.attributes(), mail.body())
                : mail;
    }

    /** Returns the keys, for a queue that keeps their values. */
    public static List<AttributeKey<?>> keys() {
        return List.of(RET, ENVID, NOTIFY, ORCPT, ACCEPTED);
    }

    private static <T> Parameter<T> parameter(
            String keyword,
            AttributeKey<T> key,
            String rule,
            Function<String, Optional<T>> read,
            Function<T, String> write) {
        Reply refusal = Reply.of(501, "5.5.4", rule);
        return new Parameter<>(keyword, key, new Parameter.Syntax<>() {
            @Override
            public T parse(Optional<String> value) throws SmtpException {
                return value.flatMap(read).orElseThrow(() -> new SmtpException(refusal));
            }

            @Override
            public Optional<String> render(T value) {
                return Optional.of(write.apply(value));
            }
        });
    }

    private static <T> Function<String, T> read(String keyword, Function<String, Optional<T>> read) {
        return text -> read.apply(text)
                .orElseThrow(() -> new IllegalArgumentException("not a value of " + keyword + ": " + text));
    }
}
