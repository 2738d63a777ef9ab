package org.mailwright.smtp.ext.turn;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
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
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * ETRN (RFC 1985): a host that has come on line asks for its mail, and the server begins to send it, over other
 * connections. The client half asks for what the {@link #REQUEST} of its destination names.
 *
 * @since 0.1.0
 */
public final class EtrnExtension implements Extension {

    /** What a client asks for; a setting of its destination. */
    public static final AttributeKey<EtrnRequest> REQUEST = AttributeKey.of("etrn-request", Scope.CONNECTION);

    private static final String ETRN = "ETRN";
    private static final int ORDER = 0;
    private static final Reply NO_NODE = Reply.of(501, "5.5.4", "Expected a domain, \"@\" domain, or \"#\" queue");
    private static final Reply NOT_OFFERED = Reply.of(502, "5.5.1", "The server does not offer ETRN");

    private final EtrnConfig config;
    private final QueueFlusher flusher;
    private final InstantSource clock;
    private final Pauses pauses;

    /** Without a queue: for clients. */
    public EtrnExtension() {
        this(EtrnConfig.DEFAULT, QueueFlusher.none(), InstantSource.system());
    }

    /** Asks this flusher. */
    @Inject
    public EtrnExtension(EtrnConfig config, QueueFlusher flusher, InstantSource clock) {
        this.config = config;
        this.flusher = flusher;
        this.clock = clock;
        this.pauses = new Pauses(config.interval(), clock);
    }

    @Override
    public String id() {
        return ETRN;
    }

    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.of(Role.MX, Role.SUBMISSION);
    }

    /** Reads {@code require-auth} and {@code interval}. */
    @Override
    public Extension configured(Settings settings) {
        settings.only("require-auth", "interval");
        return new EtrnExtension(
                new EtrnConfig(
                        settings.flag("require-auth").orElse(config.requireAuth()),
                        settings.duration("interval").orElse(config.interval())),
                flusher,
                clock);
    }

    @Override
    public void server(ServerSide side) {
        VerbSpec spec = VerbSpec.of(ETRN)
                .in(Phase.GREETED)
                .on(Role.MX, Role.SUBMISSION)
                .with(Trait.LAST_IN_GROUP, Trait.JUNK)
                .help("ETRN <SP> [\"@\" | \"#\"] node");
        boolean quick = !NonBlocking.mayBlock(flusher);
        side.keyword(ETRN).verb(spec, quick ? (VerbHandler & NonBlocking) this::answer : this::answer);
    }

    private Step answer(Command command, Session session) throws SmtpException, IOException {
        if (config.requireAuth() && session.identity().isEmpty()) {
            throw SmtpException.of(530, "5.7.0", "Authentication required");
        }
        EtrnNode node = EtrnNode.parse(command.arguments().strip()).orElseThrow(() -> new SmtpException(NO_NODE));
        String key = node.toString();
        if (!pauses.take(key)) {
            return Step.say(reply(node, new Flush.Unable("it was asked for a moment ago")));
        }
        Flush result = new Flush.Unable("");
        try {
            result = flusher.flush(node, session);
        } finally {
            if (result instanceof Flush.Unable || result instanceof Flush.NotAllowed) {
                pauses.giveBack(key);
            }
        }
        return Step.say(reply(node, result));
    }

    private static Reply reply(EtrnNode node, Flush result) {
        return switch (result) {
            case Flush.Started started -> Reply.of(250, "2.0.0", "OK, queuing for node " + node + " started");
            case Flush.NothingWaits none -> Reply.of(251, "2.0.0", "OK, no messages waiting for node " + node);
            case Flush.PendingStarted pending ->
                Reply.of(252, "2.0.0", "OK, pending messages for node " + node + " started");
            case Flush.CountedStarted(long messages) ->
                Reply.of(253, "2.0.0", "OK, " + messages + " pending messages for node " + node + " started");
            case Flush.Unable(String reason) ->
                Reply.of(458, "4.4.5", "Unable to queue messages for node " + node + because(reason));
            case Flush.NotAllowed(String reason) ->
                Reply.of(459, "4.7.1", "Node " + node + " not allowed" + because(reason));
        };
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + Reply.printable(reason);
    }

    @Override
    public void client(ClientSide side) {
        side.step(ClientPhase.READY, ORDER, (ClientStep & NonBlocking) EtrnExtension::ask);
    }

    private static ClientMove ask(PeerSession peer) {
        Optional<EtrnRequest> request = peer.get(REQUEST);
        if (request.isEmpty()) {
            return ClientMove.done();
        }
        if (!peer.offers(ETRN)) {
            request.get().nodes().forEach(node -> request.get().told().accept(node, NOT_OFFERED));
            return ClientMove.done();
        }
        return next(request.get(), request.get().nodes());
    }

    private static ClientMove next(EtrnRequest request, List<EtrnNode> left) {
        if (left.isEmpty()) {
            return ClientMove.done();
        }
        EtrnNode node = left.getFirst();
        ClientMove.ReplyHandler handler = (ClientMove.ReplyHandler & NonBlocking) (reply, peer) -> {
            // a server that does not know the command, or not so, is not asked again (RFC 1985 §5.2)
            List<EtrnNode> told = reply.isPermanent() ? left : List.of(node);
            told.forEach(one -> request.told().accept(one, reply));
            return next(request, left.subList(told.size(), left.size()));
        };
        return ClientMove.send(ClientLine.of(Command.of(ETRN, node.toString())), handler);
    }
}
