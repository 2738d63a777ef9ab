package org.mailwright.smtp.core.client;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientMove.ReplyHandler;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dialogue before the first mail: greeting, EHLO, and the steps of the extensions in order. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /** Bounds a peer, or a step, that never comes to an end. */
    private static final int MOST_MOVES = 200;

    private final ClientEngine session;
    private final Exchange exchange;
    private final Peer peer;
    private final ClientConfig config;
    private final ClientProfile profile;
    private Moment moment = Moment.CONNECT;
    private int step;
    private int moves;

    Opening(ClientEngine session, Exchange exchange, Peer peer, ClientConfig config, ClientProfile profile) {
        this.session = session;
        this.exchange = exchange;
        this.peer = peer;
        this.config = config;
        this.profile = profile;
    }

    /** Returns how far it has come. */
    Moment moment() {
        return moment;
    }

    void awaitGreeting() {
        exchange.expect(config.timeouts().greeting(), this::greeting);
    }

    /** Goes on after a TLS handshake that a step began. */
    void secured() {
        hello();
    }

    private void greeting(Reply reply) {
        if (accepted(reply, Moment.CONNECT)) {
            hello();
        }
    }

    private void hello() {
        moment = Moment.HELLO;
        exchange.pipelining(false);
        ask(config.lmtp() ? "LHLO" : "EHLO", this::extendedHello);
    }

    private void ask(String verb, Consumer<Reply> taker) {
        exchange.say(
                ClientLine.of(Command.of(verb, config.hostname())),
                config.timeouts().hello(),
                true,
                taker);
    }

    private void extendedHello(Reply reply) {
        if (reply.isPermanent() && !config.lmtp()) {
            ask("HELO", this::plainHello); // RFC 5321 §3.2: a server that does not know EHLO
        } else if (accepted(reply, Moment.HELLO)) {
            PeerCapabilities offer = PeerCapabilities.of(reply, profile);
            peer.greeted(true, offer);
            exchange.pipelining(
                    config.pipelining() && peer.get(WellKnown.PIPELINING).orElse(false));
            firstStep();
        }
    }

    private void plainHello(Reply reply) {
        if (accepted(reply, Moment.HELLO)) {
            peer.greeted(false, PeerCapabilities.NONE);
            firstStep();
        }
    }

    private void firstStep() {
        moment = Moment.STEP;
        step = 0;
        nextStep();
    }

    private void nextStep() {
        List<ClientStep> steps = profile.steps();
        if (step == steps.size()) {
            session.opened();
            return;
        }
        ClientStep next = steps.get(step);
        run(NonBlocking.mayBlock(next), () -> next.begin(peer));
    }

    private void make(ClientMove move) {
        if (++moves > MOST_MOVES) {
            session.fail("The dialogue before the first mail does not end", Moment.STEP);
            return;
        }
        switch (move) {
            case ClientMove.Send send ->
                exchange.say(send.line(), config.timeouts().step(), true, reply -> replied(reply, send.next()));
            case ClientMove.UpgradeTls upgrade -> session.startTls(upgrade.policy());
            case ClientMove.Greet greet -> hello();
            case ClientMove.HandOver handOver -> session.handOver(handOver.next());
            case ClientMove.Done done -> {
                step++;
                nextStep();
            }
        }
    }

    private void replied(Reply reply, ReplyHandler next) {
        run(NonBlocking.mayBlock(next), () -> next.replied(reply, peer));
    }

    private void run(boolean mayBlock, Callable<ClientMove> work) {
        session.offload(mayBlock, work, this::make, failure -> {
            if (failure instanceof SmtpException refusal) {
                session.giveUp(refusal.reply(), Moment.STEP);
            } else {
                LOG.warn("{} A step before the first mail failed", peer.id(), failure);
                session.fail("A step before the first mail failed", Moment.STEP);
            }
        });
    }

    private boolean accepted(Reply reply, Moment at) {
        if (reply.isIntermediate()) {
            session.fail("The server answered out of turn: " + reply, at);
            return false;
        }
        if (!reply.isPositive()) {
            session.giveUp(reply, at);
            return false;
        }
        return true;
    }
}
