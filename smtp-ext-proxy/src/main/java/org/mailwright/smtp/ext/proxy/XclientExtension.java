package org.mailwright.smtp.ext.proxy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.extension.Preface;
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
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * XCLIENT (of Postfix): a trusted host says for whom it speaks, and the session begins anew as if that client had
 * connected: with its address, asked for by the gates, and logged in if the host says so.
 *
 * @since 0.1.0
 */
public final class XclientExtension implements Extension {

    /** What was told of the client. */
    public static final AttributeKey<ClientFacts> CLIENT = AttributeKey.of("xclient", Scope.CONNECTION);

    /** What a client of ours tells a server, as a setting of the destination. */
    public static final AttributeKey<ClientFacts> DESTINATION = AttributeKey.of("xclient-tell", Scope.CONNECTION);

    private static final AttributeKey<Boolean> TRUSTED = AttributeKey.of("xclient-trusted", Scope.CONNECTION);
    private static final AttributeKey<Boolean> TOLD = AttributeKey.of("xclient-told", Scope.TLS_EPOCH);

    private static final String VERB = "XCLIENT";
    private static final Set<Fact> KNOWN = EnumSet.of(
            Fact.NAME, Fact.ADDR, Fact.PORT, Fact.PROTO, Fact.HELO, Fact.LOGIN, Fact.DESTADDR, Fact.DESTPORT);
    private static final Reply NOT_TRUSTED = Reply.of(550, "5.7.0", "Insufficient authorization");
    private static final Reply MALFORMED = Reply.of(501, "5.5.4", "XCLIENT takes NAME=value, each name once, in xtext");
    private static final int LONGEST_LINE = 4096;

    private final ProxyConfig config;

    /** XCLIENT that trusts nobody. */
    public XclientExtension() {
        this(ProxyConfig.DEFAULT);
    }

    /** XCLIENT from trusted networks. */
    @Inject
    public XclientExtension(ProxyConfig config) {
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
                .<Extension>map(trusted -> new XclientExtension(new ProxyConfig(trusted, config.timeout())))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        List<String> words = KNOWN.stream().map(Fact::name).toList();
        side.keyword(VERB, session -> trusts(session) ? Optional.of(words) : Optional.empty());
        side.verb(
                VerbSpec.of(VERB)
                        .in(Phase.CONNECTED, Phase.GREETED)
                        .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.JUNK)
                        .running(Stage.CONNECT, Stage.AUTH)
                        .line(LONGEST_LINE)
                        .help(VERB + " 1*(<SP> name=value)"),
                (VerbHandler & NonBlocking) this::handle);
    }

    /** The host that connected stays trusted, whoever it speaks for. */
    private boolean trusts(SessionView session) {
        return session.get(TRUSTED).orElseGet(() -> config.trusts(session.remoteAddress()));
    }

    private Step handle(Command command, Session session) throws SmtpException, IOException {
        if (!trusts(session)) {
            throw new SmtpException(NOT_TRUSTED);
        }
        ClientFacts said = ClientFacts.read(command.arguments(), KNOWN).orElseThrow(() -> new SmtpException(MALFORMED));
        // What is said before the next EHLO is more about the same client.
        ClientFacts facts = session.hello().isPresent()
                ? said
                : session.get(CLIENT).orElse(ClientFacts.NONE).and(said);
        session.set(TRUSTED, true);
        session.set(CLIENT, facts);
        session.relocate(new Preface.Ends(
                facts.address(Fact.ADDR, Fact.PORT, session.remoteAddress()),
                facts.address(Fact.DESTADDR, Fact.DESTPORT, session.localAddress())));
        Optional<String> login = facts.get(Fact.LOGIN);
        if (login.isPresent()) {
            session.authenticated(new Identity(login.get(), VERB));
        }
        return Step.say(Reply.of(220, session.hostname() + " ESMTP"));
    }

    @Override
    public void client(ClientSide side) {
        side.step(ClientPhase.INTRODUCE, 100, (ClientStep & NonBlocking) XclientExtension::tell);
    }

    private static ClientMove tell(PeerSession peer) throws SmtpException {
        Optional<ClientFacts> facts = peer.get(DESTINATION);
        if (facts.isEmpty() || peer.get(TOLD).isPresent()) {
            return ClientMove.done();
        }
        String words = facts.get().written(offered(peer.parameters(VERB)));
        if (words.isEmpty()) {
            throw SmtpException.of(454, "4.7.0", "The server does not let us speak for others");
        }
        return ClientMove.send(
                ClientLine.of(Command.of(VERB, words)), (ClientMove.ReplyHandler & NonBlocking) (reply, session) -> {
                    if (!reply.isPositive()) {
                        throw new SmtpException(reply);
                    }
                    session.set(TOLD, true);
                    return new ClientMove.Greet();
                });
    }

    private static Set<Fact> offered(List<String> words) {
        Set<Fact> offered = EnumSet.noneOf(Fact.class);
        for (Fact fact : KNOWN) {
            if (words.stream().anyMatch(word -> word.toUpperCase(Locale.ROOT).equals(fact.name()))) {
                offered.add(fact);
            }
        }
        return offered;
    }
}
