package org.mailwright.smtp.ext.proxy;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * XFORWARD (of Postfix): a trusted host says where the next mail came from, for the log and for filters behind it.
 * Nothing else depends on it: the session stays that of the host.
 *
 * @since 0.1.0
 */
public final class XforwardExtension implements Extension {

    /** Where the mail came from. */
    public static final AttributeKey<ClientFacts> ORIGIN = AttributeKey.durable(
            "xforward",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(
                    facts -> facts.written(known()),
                    text -> ClientFacts.read(text, known())
                            .orElseThrow(() -> new IllegalArgumentException("not a value of XFORWARD: " + text))));

    /** Where the gate stands among those of its stage. */
    public static final int ORDER = 100;

    private static final AttributeKey<ClientFacts> NEXT = AttributeKey.of("xforward-next", Scope.TLS_EPOCH);

    private static final String VERB = "XFORWARD";
    private static final Reply NOT_TRUSTED = Reply.of(550, "5.7.0", "Insufficient authorization");
    private static final Reply MALFORMED =
            Reply.of(501, "5.5.4", "XFORWARD takes NAME=value, each name once, in xtext");
    private static final Step OK = Step.say(Reply.of(250, "2.0.0", "OK"));
    private static final int LONGEST_LINE = 4096;

    private final ProxyConfig config;

    /** XFORWARD that trusts nobody. */
    public XforwardExtension() {
        this(ProxyConfig.DEFAULT);
    }

    /** XFORWARD from trusted networks. */
    @Inject
    public XforwardExtension(ProxyConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return VERB;
    }

    /** Reads {@code trusted}, a list of networks. */
    @Override
    public Extension configured(Settings settings) {
        settings.only("trusted");
        return TrustSettings.read(settings)
                .<Extension>map(trusted -> new XforwardExtension(new ProxyConfig(trusted, config.timeout())))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        List<String> words = known().stream().map(Fact::name).toList();
        side.keyword(VERB, session -> config.trusts(session.remoteAddress()) ? Optional.of(words) : Optional.empty())
                .verb(
                        VerbSpec.of(VERB)
                                .in(Phase.GREETED)
                                .with(Trait.BEFORE_AUTHENTICATION, Trait.JUNK)
                                .line(LONGEST_LINE)
                                .help(VERB + " 1*(<SP> name=value)"),
                        (VerbHandler & NonBlocking) this::handle)
                .durable(ORIGIN)
                .gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) XforwardExtension::assign);
    }

    private Step handle(Command command, Session session) throws SmtpException {
        if (!config.trusts(session.remoteAddress())) {
            throw new SmtpException(NOT_TRUSTED);
        }
        ClientFacts more =
                ClientFacts.read(command.arguments(), known()).orElseThrow(() -> new SmtpException(MALFORMED));
        session.set(NEXT, session.get(NEXT).orElse(ClientFacts.NONE).and(more));
        return OK;
    }

    /** What was said belongs to the mail that begins, and to no other. */
    private static Verdict assign(SessionView session, Stage.MailRequest request) {
        return session.get(NEXT)
                .filter(facts -> !facts.values().isEmpty())
                .map(facts ->
                        Verdict.amend(request.attributes().with(ORIGIN, facts).with(NEXT, ClientFacts.NONE)))
                .orElse(Verdict.pass());
    }

    @Override
    public void client(ClientSide side) {
        side.prelude(VERB, XforwardExtension::lines);
    }

    private static List<ClientLine> lines(OutgoingMail mail, PeerView peer) {
        Optional<ClientFacts> origin = mail.attributes().get(ORIGIN);
        if (origin.isEmpty()) {
            return List.of();
        }
        Set<Fact> offered = EnumSet.noneOf(Fact.class);
        for (String word : peer.parameters(VERB)) {
            for (Fact fact : known()) {
                if (fact.name().equalsIgnoreCase(word)) {
                    offered.add(fact);
                }
            }
        }
        String words = origin.get().written(offered);
        return words.isEmpty() ? List.of() : List.of(ClientLine.of(Command.of(VERB, words)));
    }

    private static Set<Fact> known() {
        return EnumSet.of(Fact.NAME, Fact.ADDR, Fact.PORT, Fact.PROTO, Fact.HELO, Fact.IDENT, Fact.SOURCE);
    }
}
