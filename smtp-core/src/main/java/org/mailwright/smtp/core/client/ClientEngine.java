package org.mailwright.smtp.core.client;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;
import org.mailwright.smtp.core.wire.ReplyReader;

/**
 * The state of a {@link ClientSession} that has its connection: which mails are under way, and what the next event
 * means.
 */
final class ClientEngine {

    private static final int SHUTTING_DOWN = 421;
    private static final ClientLine QUIT = ClientLine.of(Command.of("QUIT"));

    private enum State {
        OPENING,
        READY,
        QUITTING,
        OVER
    }

    private final ClientConfig config;
    private final Destination destination;
    private final ClientOwner owner;
    private final Transport transport;
    private final Peer peer;
    private final Exchange exchange;
    private final Opening opening;
    private final Deliveries deliveries;
    private final Hearing hearing;
    private final Elsewhere elsewhere;
    private final Alarm alarm;
    private final News news;
    private final TlsSwitch tls;
    private State state = State.OPENING;
    private boolean wasReady;
    private boolean leaving;
    private Outcome ending = new Outcome.Failed(Peer.unsaid("The connection was closed"), Moment.CONNECT);

    ClientEngine(
            String id,
            ClientConfig config,
            ClientProfile profile,
            Destination destination,
            ClientOwner owner,
            Transport transport) {
        this.config = config;
        this.destination = destination;
        this.owner = owner;
        this.transport = transport;
        this.peer = new Peer(id, config, destination, transport);
        this.exchange = new Exchange(transport, peer, profile);
        this.opening = new Opening(this, exchange, peer, config, profile);
        this.news = new News(id);
        this.tls = new TlsSwitch(transport);
        this.elsewhere = new Elsewhere(transport, this::back);
        this.alarm = new Alarm(transport);
        this.deliveries = new Deliveries(this, exchange, config, profile, owner, news);
        this.hearing = new Hearing(
                new ReplyReader(config.replyLine(), config.replyLines()),
                this::hears,
                this::heard,
                why -> fail(why, moment()));
    }

    Peer peer() {
        return peer;
    }

    void execute(Consumer<ClientEngine> task) {
        transport.execute(() -> {
            task.accept(this);
            endTurn();
        });
    }

    // ---- events

    void begin() {
        if (destination.inherited().isPresent()) {
            secured(destination.inherited().get());
        } else if (destination.implicitTls().isPresent()) {
            transport.startTls(destination.implicitTls().get());
        } else {
            opening.awaitGreeting();
            endTurn();
        }
    }

    void received(byte[] octets, int offset, int length) {
        hearing.hear(octets, offset, length);
        endTurn();
    }

    void secured(TlsSession agreed) {
        boolean first = peer.tls().isEmpty() && destination.beginsWithTls();
        peer.secured(agreed);
        exchange.watch(observer -> observer.secured(peer));
        if (first) {
            opening.awaitGreeting();
        } else {
            opening.secured();
        }
        endTurn();
    }

    void nowWritable() {
        deliveries.content().ifPresent(Content::advance);
        endTurn();
    }

    void inputClosed() {
        if (state == State.QUITTING) {
            transport.close();
        } else {
            fail("The server closed the connection", moment());
        }
    }

    void expired() {
        if (state == State.QUITTING) {
            transport.close();
        } else if (state == State.READY
                && deliveries.isEmpty()
                && exchange.head().isEmpty()) {
            leaving = true;
            endTurn();
        } else {
            fail("The server did not answer in time", moment());
        }
    }

    void wake() {
        deliveries.wake();
    }

    void leave() {
        leaving = true;
        if (state == State.OPENING) {
            fail("The client gave up", opening.moment());
        }
    }

    void closed(String why) {
        if (state != State.OVER && state != State.QUITTING) {
            ending = new Outcome.Failed(
                    Peer.unsaid(why.isEmpty() ? "The connection was closed" : "The connection was lost: " + why),
                    moment());
        }
        state = State.OVER;
        deliveries.lost(ending.reply());
        news.tellAll();
        exchange.watch(observer -> observer.closed(peer, why));
        news.tell(() -> owner.closed(wasReady, ending));
    }

    private void back() {
        hearing.catchUp();
        endTurn();
    }

    private boolean hears() {
        return !elsewhere.away() && state != State.OVER && !tls.isWanted();
    }

    private void heard(Reply reply) {
        exchange.heard(reply);
        if (state == State.QUITTING) {
            if (reply.code() == SHUTTING_DOWN || !exchange.answer(reply)) {
                transport.close();
            }
        } else if (reply.code() == SHUTTING_DOWN) {
            shutDown(reply);
        } else if (!exchange.answer(reply)) {
            unasked(reply);
        }
    }

    /** RFC 5321 §3.8: 421 may come at any time, and ends the connection. */
    private void shutDown(Reply reply) {
        ending = new Outcome.Refused(reply, moment());
        state = State.OVER;
        deliveries.shutDown(reply);
        transport.close();
    }

    private void unasked(Reply reply) {
        deliveries.contentRefused(reply);
        fail("The server answered before it was asked: " + reply, moment());
    }

    // ---- for Opening, Delivery and Content

    /** Tells that mails can be sent. */
    void opened() {
        state = State.READY;
        wasReady = true;
        news.tell(() -> owner.ready(peer));
    }

    /** Switches to TLS at the end of this turn. */
    void startTls(TlsPolicy policy) {
        tls.want(policy);
    }

    /** Gives the connection to another conversation. */
    void handOver(Conversation next) {
        if (!hearing.isEven()) {
            fail("The server spoke out of turn when the roles changed", Moment.STEP);
            return;
        }
        state = State.OVER;
        exchange.flush();
        exchange.watch(observer -> observer.closed(peer, ""));
        transport.handOver(next);
        news.tell(() -> owner.closed(wasReady, ending));
    }

    /** Ends politely, because the server, or this side, does not want to go on. */
    void giveUp(Reply reply, Moment moment) {
        ending = new Outcome.Refused(reply, moment);
        sayQuit();
    }

    /** Ends at once, because the connection is of no use any more. */
    void fail(String why, Moment moment) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        tls.forget();
        ending = new Outcome.Failed(Peer.unsaid(why), moment);
        exchange.unsay();
        deliveries.lost(ending.reply());
        news.tellAll();
        transport.abort();
    }

    boolean writable() {
        return state != State.OVER && !transport.congested();
    }

    /** Takes a mail off the connection; its result is told when the connection has gone on to the next. */
    void finished(Delivery delivery, Runnable tell) {
        deliveries.finished(delivery);
        news.tellLater(tell);
    }

    /** Runs work, elsewhere if it may block; no other event comes before one of the other two has run. */
    <T> void offload(boolean mayBlock, Callable<T> work, Consumer<T> then, Consumer<Exception> failed) {
        elsewhere.run(mayBlock, work, then, failed);
    }

    // ---- the end of each event

    private void endTurn() {
        if (!elsewhere.away() && !tls.perform(hearing, exchange)) {
            fail("The server sent octets in clear behind its leave to start TLS", Moment.STEP);
        }
        deliveries.next();
        if (leaving && state == State.READY && deliveries.isEmpty()) {
            sayQuit();
        }
        if (state != State.OVER) {
            exchange.pump();
            exchange.flush();
            Duration idle = state == State.READY ? config.timeouts().idle() : Duration.ZERO;
            alarm.set(deliveries.content().filter(Content::sending), exchange.head(), idle);
        }
        news.tellAll();
    }

    /** Tells whether a mail may begin, as far as the connection is concerned. */
    boolean takesMail() {
        return state == State.READY && !elsewhere.away() && !leaving;
    }

    private void sayQuit() {
        state = State.QUITTING;
        exchange.unsay();
        exchange.say(QUIT, config.timeouts().quit(), true, reply -> transport.close());
    }

    private Moment moment() {
        return deliveries.moment().orElse(opening.moment());
    }
}
