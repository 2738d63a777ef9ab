package org.mailwright.smtp.core.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientObserver;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines out, replies in, in step: knows which reply answers what, and how much may be said before it is answered (RFC
 * 2920 §3.1).
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /** A reply that is awaited; {@code last} when nothing may be said before it has come. */
    record Expected(Duration timeout, boolean last, Consumer<Reply> taker) {}

    private record Waiting(ClientLine line, Expected answer) {}

    private final Transport transport;
    private final Peer peer;
    private final ClientProfile profile;
    private final Outbox out = new Outbox();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<Expected> awaited = new ArrayDeque<>();
    private boolean pipelining;

    Exchange(Transport transport, Peer peer, ClientProfile profile) {
        this.transport = transport;
        this.peer = peer;
        this.profile = profile;
    }

    /** Sends a line as soon as the peer may be sent one. */
    void say(ClientLine line, Duration timeout, boolean last, Consumer<Reply> taker) {
        waiting.add(new Waiting(line, new Expected(timeout, last, taker)));
    }

    /** Awaits a reply to no line: the greeting, the answer to content. */
    void expect(Duration timeout, Consumer<Reply> taker) {
        awaited.add(new Expected(timeout, false, taker));
    }

    /** Awaits a reply that comes before all others that are awaited. */
    void expectNext(Duration timeout, Consumer<Reply> taker) {
        awaited.addFirst(new Expected(timeout, false, taker));
    }

    /** Forgets the lines that have not been sent. */
    void unsay() {
        waiting.clear();
    }

    /** Returns where content goes. */
    Outbox out() {
        return out;
    }

    boolean pipelining() {
        return pipelining;
    }

    /** Says whether commands go out in groups. */
    void pipelining(boolean on) {
        pipelining = on;
    }

    /** Returns the reply that comes next. */
    Optional<Expected> head() {
        return Optional.ofNullable(awaited.peekFirst());
    }

    /** Tells those who watch of a reply. */
    void heard(Reply reply) {
        log('<', reply);
        watch(observer -> observer.received(peer, reply));
    }

    /** Hands a reply to whoever awaits it; false when nobody does. */
    boolean answer(Reply reply) {
        Expected expected = awaited.pollFirst();
        if (expected == null) {
            return false;
        }
        expected.taker().accept(reply);
        return true;
    }

    /** Puts lines that may be sent now into the outbox. */
    void pump() {
        while (!waiting.isEmpty() && maySpeak()) {
            Waiting next = waiting.removeFirst();
            awaited.add(next.answer());
            announce(next.line());
        }
    }

    /** Puts a line into the outbox that is not answered by itself, such as the head of a chunk. */
    void announce(ClientLine line) {
        out.add(line.octets());
        log('>', line);
        watch(observer -> observer.sent(peer, line));
    }

    /** Sends what the outbox holds. */
    void flush() {
        if (!out.isEmpty()) {
            transport.write(out.take());
        }
    }

    /** Tells those who watch; what they throw is their own trouble. */
    void watch(Consumer<ClientObserver> news) {
        for (ClientObserver observer : profile.observers()) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                LOG.warn("{} An observer failed", peer.id(), e);
            }
        }
    }

    private boolean maySpeak() {
        Expected youngest = awaited.peekLast();
        return youngest == null || (pipelining && !youngest.last());
    }

    private void log(char direction, Object what) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} {} {}", peer.id(), direction, what);
        }
    }
}
