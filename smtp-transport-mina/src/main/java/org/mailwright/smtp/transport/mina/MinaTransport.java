package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Every field belongs to the thread of its loop. Events that are due are kept as bits and told one
 * after the other by {@link #pump}, never within another.
 */
final class MinaTransport implements Transport {
    /** Reasons not to read from the network. */
    static final int OFFLOADED = 1;

    static final int SUSPENDED = 2;
    static final int HANDSHAKE = 4;
    static final int INPUT_OVER = 8;
    static final int ENDING = 16;

    private static final Logger LOG = LoggerFactory.getLogger(MinaTransport.class);
    private static final int MOST_HELD = 1 << 20;

    private final LoopSession session;
    private final LoopProcessor loop;
    private final IoLoops loops;
    private final LoopService.Start start;
    private final Events due = new Events();
    private final Ending end;
    private @Nullable Conversation conversation;
    private @Nullable TlsFilter tls;
    private @Nullable TlsSession agreed;
    private @Nullable Runnable work;
    private @Nullable Runnable then;
    private @Nullable ArrayDeque<Runnable> tasks;
    private byte @Nullable [] held;
    private long deadlineAt;
    private long offloadedAt;
    private int noRead;
    private boolean running;
    private boolean wasCongested;

    MinaTransport(LoopSession session, LoopProcessor loop, IoLoops loops, LoopService.Start start) {
        this.session = session;
        this.loop = loop;
        this.loops = loops;
        this.start = start;
        this.end = new Ending(session, loop, loops.config());
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
            due.opened = true;
            pump();
        }
    }

    boolean wantsInput() {
        return noRead == 0 || end.lingering();
    }

    void received(IoBuffer octets) {
        if (end.ending()) {
            return;
        }
        byte[] array = octets.array();
        int offset = octets.arrayOffset() + octets.position();
        int length = octets.remaining();
        Conversation target = conversation;
        if (running || noRead != 0 || held != null || target == null || due.any() || tasks != null) {
            hold(array, offset, length);
        } else {
            running = true;
            try {
                target.received(array, offset, length);
            } catch (Throwable e) {
                fail(e);
            } finally {
                running = false;
            }
        }
        pump();
    }

    private void hold(byte[] array, int offset, int length) {
        byte[] before = held;
        int kept = before == null ? 0 : before.length;
        if (kept + length > MOST_HELD) {
            lost("more input than can be held");
            return;
        }
        byte[] all = new byte[kept + length];
        if (before != null) {
            System.arraycopy(before, 0, all, 0, kept);
        }
        System.arraycopy(array, offset, all, kept, length);
        held = all;
    }

    void inputEnded() {
        if (end.lingering()) {
            session.closeNow();
            return;
        }
        if (conversation == null && tls != null) {
            lost("closed in the TLS handshake");
            return;
        }
        if (!end.ending()) {
            due.inputEnded = true;
        }
        noRead |= INPUT_OVER;
        session.suspendRead();
        pump();
    }

    void sent() {
        if (wasCongested && waiting() <= loops.config().writeLow()) {
            wasCongested = false;
            // Not now: a peer that reads fast would keep the loop here for ever.
            loop.execute(() -> {
                due.writable = true;
                pump();
            });
        }
        end.checkFlushed();
    }

    void progressed(long now) {
        end.progressed(now);
    }

    /** Once a second. */
    void tick(long now) {
        if (deadlineAt != 0 && then == null && now - deadlineAt >= 0) {
            deadlineAt = 0;
            due.expired = true;
            pump();
        }
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
        pump();
    }

    // ---- what ends it from outside an event

    void lost(String why) {
        end.because(why);
        noRead |= ENDING;
        session.closeNow();
    }

    /** Ends this connection, and only it, for an error in code that it called. */
    void fail(Throwable e) {
        try {
            LOG.error("{}: failed, and is closed", session.label(), e);
        } catch (Throwable logging) {
            // With no memory left, ending the connection is what matters.
        }
        due.broken = true;
        lost("internal error");
    }

    /** Asks the conversation to end, from any thread. */
    void requestStop() {
        loop.execute(() -> {
            if (due.stopAsked) {
                return;
            }
            due.stopAsked = true;
            if (conversation == null) {
                lost("stopping");
            }
            due.stop = true;
            pump();
        });
    }

    /** Cuts the connection, from any thread. */
    void cut(String why) {
        loop.execute(() -> lost(why));
    }

    // ---- what TLS tells

    void blockReading(int reason) {
        noRead |= reason;
    }

    void allowReading(int reason) {
        noRead &= ~reason;
        pump();
    }

    void secured(TlsPolicy policy, SSLEngine engine) {
        end.deadline(0, "");
        try {
            agreed = policy.describe(engine);
        } catch (IOException e) {
            closeBecause("TLS refused: " + reason(e));
            return;
        }
        if (conversation == null) {
            due.opened = true;
        }
        pump();
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

    // ---- events

    private void pump() {
        if (running) {
            return;
        }
        running = true;
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            running = false;
        }
        Runnable todo = work;
        if (todo != null) {
            work = null;
            startWork(todo);
        }
        if (noRead == 0 && session.isReadSuspended()) {
            session.resumeRead();
        }
    }

    private boolean step() {
        if (end.told()) {
            return false;
        }
        Runnable rest = then;
        if (rest != null) {
            return due.workDone && finishWork(rest);
        }
        String over = end.reason();
        Conversation target = conversation;
        if (over != null && (target == null || !due.opened || due.broken)) {
            tellEnd(target, over);
            return false;
        }
        if (end.ending() || due.broken) {
            return false;
        }
        if (due.opened) {
            due.opened = false;
            if (target == null) {
                target = start.conversation().get();
                conversation = target;
            }
            target.opened(this);
            return true;
        }
        return target != null && stepOn(target);
    }

    private boolean stepOn(Conversation target) {
        TlsSession session = agreed;
        if (session != null) {
            agreed = null;
            target.secured(session);
            return true;
        }
        ArrayDeque<Runnable> queue = tasks;
        Runnable task = queue == null ? null : queue.poll();
        if (task != null) {
            task.run();
            return true;
        }
        tasks = null;
        if (due.tell(target)) {
            return true;
        }
        if ((noRead & ~INPUT_OVER) != 0) {
            return false;
        }
        byte[] octets = held;
        if (octets != null) {
            held = null;
            target.received(octets, 0, octets.length);
            return true;
        }
        if (due.inputEnded) {
            due.inputEnded = false;
            target.inputClosed();
            return true;
        }
        return false;
    }

    private void tellEnd(@Nullable Conversation target, String over) {
        end.tell();
        tasks = null;
        held = null;
        try {
            if (target != null) {
                target.closed(over);
            }
        } finally {
            start.ended().accept(session.getRemoteAddress());
        }
    }

    private boolean finishWork(Runnable rest) {
        then = null;
        due.workDone = false;
        noRead &= ~OFFLOADED;
        if (deadlineAt != 0) {
            deadlineAt += loop.now() - offloadedAt;
        }
        if (!due.broken) {
            rest.run();
        }
        return true;
    }

    private void startWork(Runnable todo) {
        try {
            loops.compute(() -> {
                Throwable failure = null;
                try {
                    todo.run();
                } catch (Throwable e) {
                    failure = e;
                }
                Throwable outcome = failure;
                loop.execute(() -> workDone(outcome));
            });
        } catch (RejectedExecutionException e) {
            workDone(e);
        }
    }

    private void workDone(@Nullable Throwable failure) {
        due.workDone = true;
        if (failure != null) {
            fail(failure);
        }
        pump();
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
        if (!octets.hasRemaining() || end.ending() || session.isClosing()) {
            return;
        }
        session.getFilterChain().fireFilterWrite(new DefaultWriteRequest(IoBuffer.wrap(octets)));
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
        noRead |= SUSPENDED;
    }

    @Override
    public void resumeReading() {
        noRead &= ~SUSPENDED;
        pump();
    }

    @Override
    public void offload(Runnable todo, Runnable rest) {
        if (then != null) {
            throw new IllegalStateException("work is offloaded already");
        }
        work = todo;
        then = rest;
        noRead |= OFFLOADED;
        offloadedAt = loop.now();
        pump();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> {
            if (end.told()) {
                return;
            }
            ArrayDeque<Runnable> queue = tasks;
            if (queue == null) {
                queue = new ArrayDeque<>(2);
                tasks = queue;
            }
            queue.add(task);
            pump();
        });
    }

    @Override
    public void startTls(TlsPolicy policy) {
        if (tls != null) {
            throw new IllegalStateException("TLS is on already");
        }
        held = null;
        try {
            TlsFilter filter =
                    new TlsFilter(this, session, loop, loops, policy, policy.newEngine(session.getRemoteAddress()));
            tls = filter;
            end.secure(filter);
            end.deadline(loop.now() + policy.handshakeTimeout().toNanos(), "TLS handshake time-out");
            session.getFilterChain().addFirst("tls", filter);
        } catch (IOException e) {
            closeBecause("TLS unavailable: " + reason(e));
        }
    }

    @Override
    public void deadline(Duration delay) {
        due.expired = false;
        deadlineAt = delay.isZero() ? 0 : loop.now() + delay.toNanos();
        offloadedAt = loop.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void handOver(Conversation next) {
        conversation = next;
        due.opened = true;
        pump();
    }

    @Override
    public void close() {
        noRead |= ENDING;
        held = null;
        end.close();
    }

    @Override
    public void abort() {
        noRead |= ENDING;
        end.abort();
    }
}
