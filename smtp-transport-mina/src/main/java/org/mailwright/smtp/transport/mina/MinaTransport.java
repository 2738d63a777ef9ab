package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: what MINA and TLS tell of it, and what its conversation calls. Every field belongs to the thread of
 * its loop.
 */
final class MinaTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(MinaTransport.class);

    private final LoopSession session;
    private final LoopProcessor loop;
    private final IoLoops loops;
    private final LoopService.Start start;
    private final Ending end;
    private final Turns turns;
    private @Nullable TlsFilter tls;
    private boolean wasCongested;

    MinaTransport(LoopSession session, LoopProcessor loop, IoLoops loops, LoopService.Start start) {
        this.session = session;
        this.loop = loop;
        this.loops = loops;
        this.start = start;
        this.end = new Ending(session, loop, loops.config());
        this.turns = new Turns(this, session, loop, loops, start, end);
    }

    static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    // ---- what MINA tells

    void begin() {
        end.begun = true;
        if (start.tls().isPresent()) {
            startTls(start.tls().get());
        } else {
            turns.due().opened = true;
            turns.pump();
        }
    }

    boolean wantsInput() {
        return turns.mayRead() || end.lingering();
    }

    void received(IoBuffer octets) {
        if (!end.ending()) {
            turns.received(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
        }
    }

    void inputEnded() {
        if (end.lingering()) {
            session.closeNow();
            return;
        }
        if (!turns.begun() && tls != null) {
            lost("closed in the TLS handshake");
            return;
        }
        turns.due().inputEnded = !end.ending();
        turns.block(Turns.INPUT_OVER);
        session.suspendRead();
        turns.pump();
    }

    void sent() {
        if (wasCongested && waiting() <= loops.config().writeLow()) {
            wasCongested = false;
            // Not now: a peer that reads fast would keep the loop here for ever.
            loop.execute(() -> {
                turns.due().writable = true;
                turns.pump();
            });
        }
        end.checkFlushed();
    }

    void progressed(long now) {
        end.progressed(now);
    }

    /** Once a second. */
    void tick(long now) {
        turns.tick(now);
        String late = end.overdue(now);
        if (late != null) {
            lost(late);
        }
    }

    /** The socket is closed; {@link #gone} follows unless MINA gave the session up before it began. */
    void destroyed() {
        if (!end.begun) {
            gone();
        }
    }

    void gone() {
        end.over();
        turns.pump();
    }

    // ---- what ends it from outside an event

    void lost(String why) {
        end.because(why);
        turns.block(Turns.ENDING);
        session.closeNow();
    }

    /** Ends this connection, and only it, for an error in code that it called. */
    void fail(Throwable e) {
        try {
            LOG.error("{}: failed, and is closed", session.label(), e);
        } catch (Throwable logging) {
            // With no memory left, ending the connection is what matters.
        }
        turns.due().broken = true;
        lost("internal error");
    }

    /** Asks the conversation to end, once however often it is called, from any thread. */
    void requestStop() {
        loop.execute(() -> {
            Events due = turns.due();
            if (!due.stopAsked) {
                due.stopAsked = true;
                due.stop = true;
                if (!turns.begun()) {
                    lost("stopping");
                }
                turns.pump();
            }
        });
    }

    /** Cuts the connection, from any thread. */
    void cut(String why) {
        loop.execute(() -> lost(why));
    }

    // ---- what TLS tells

    void blockReading() {
        turns.block(Turns.HANDSHAKE);
    }

    void allowReading() {
        turns.allow(Turns.HANDSHAKE);
    }

    void secured(TlsPolicy policy, SSLEngine engine) {
        end.deadline(0, "");
        try {
            turns.secured(policy.describe(engine));
        } catch (IOException e) {
            closeBecause("TLS refused: " + reason(e));
        }
    }

    /** Closes after what is written has left. */
    void closeBecause(String why) {
        end.because(why);
        close();
    }

    boolean ending() {
        return end.ending();
    }

    void checkFlushed() {
        end.checkFlushed();
    }

    // ---- what the conversation calls

    @Override
    public SocketAddress remoteAddress() {
        return session.getRemoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return session.getLocalAddress();
    }

    @Override
    public void write(ByteBuffer octets) {
        if (octets.hasRemaining() && !end.ending() && !session.isClosing()) {
            session.getFilterChain().fireFilterWrite(new DefaultWriteRequest(IoBuffer.wrap(octets)));
        }
    }

    private long waiting() {
        TlsFilter filter = tls;
        return session.getScheduledWriteBytes() + (filter == null ? 0 : filter.waiting());
    }

    @Override
    public boolean congested() {
        boolean full = waiting() >= loops.config().writeHigh();
        wasCongested |= full;
        return full;
    }

    @Override
    public void suspendReading() {
        turns.block(Turns.SUSPENDED);
    }

    @Override
    public void resumeReading() {
        turns.allow(Turns.SUSPENDED);
    }

    @Override
    public void offload(Runnable work, Runnable then) {
        turns.offload(work, then);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> turns.execute(task));
    }

    @Override
    public void startTls(TlsPolicy policy) {
        if (tls != null) {
            throw new IllegalStateException("TLS is on already");
        }
        turns.discard();
        try {
            SSLEngine engine = policy.newEngine(session.getRemoteAddress());
            TlsFilter filter = new TlsFilter(this, session, loop, loops, policy, engine);
            tls = filter;
            end.secure(filter);
            end.deadline(loop.now() + policy.handshakeTimeout().toNanos(), "TLS handshake time-out");
            session.getFilterChain().addFirst("tls", filter);
        } catch (IOException e) {
            closeBecause("TLS unavailable: " + reason(e));
        }
    }

    @Override
    public void startTls(TlsPolicy policy, ByteBuffer first) {
        startTls(policy);
        if (first.hasRemaining()) {
            session.getFilterChain().fireMessageReceived(IoBuffer.wrap(first));
        }
    }

    @Override
    public void deadline(Duration delay) {
        long now = loop.now();
        turns.due().deadline(delay.isZero() ? 0 : now + delay.toNanos(), now);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void handOver(Conversation next) {
        turns.handOver(next);
    }

    @Override
    public void close() {
        turns.block(Turns.ENDING);
        end.close();
    }

    @Override
    public void abort() {
        turns.block(Turns.ENDING);
        end.abort();
    }
}
