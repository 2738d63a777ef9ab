package org.mailwright.smtp.core.transport;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Tells the events of a {@link MemoryTransport} to its conversation, one after the other, never within another. */
final class MemoryTurns {
    private final Transport transport;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable Runnable afterWork;
    private boolean running;

    final MemoryEvents due = new MemoryEvents();

    @Nullable
    Conversation conversation;

    /** Offloaded work that has not ended. */
    @Nullable
    Runnable work;

    /** The policy of the handshake that is going on. */
    @Nullable
    TlsPolicy handshake;

    /** What the handshake, or the next one, ends with. */
    @Nullable
    TlsSession nextTls;

    /** The clock. */
    long now;

    MemoryTurns(Transport transport) {
        this.transport = transport;
    }

    void feed(byte[] octets) {
        if (due.inputEnded) {
            throw new IllegalStateException("the peer has ended its side");
        }
        if (handshake != null) {
            endHandshake("clear text in the TLS handshake");
        } else if (!due.closing && due.over == null) {
            held.writeBytes(octets);
        }
    }

    void endHandshake(String why) {
        handshake = null;
        due.end(why);
    }

    void secure(TlsSession session) {
        if (handshake == null) {
            throw new IllegalStateException("no TLS handshake is going on");
        }
        nextTls = session;
    }

    void discard() {
        held = new ByteArrayOutputStream();
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    void offload(Runnable todo, Runnable then) {
        if (work != null) {
            throw new IllegalStateException("work is offloaded already");
        }
        work = todo;
        afterWork = then;
        due.pausedAt = now;
    }

    /** Runs what is offloaded. */
    void endWork() {
        Runnable todo = work;
        if (todo == null) {
            throw new IllegalStateException("nothing is offloaded");
        }
        todo.run();
        due.workDone = true;
    }

    void deadline(Duration delay) {
        due.expired = false;
        due.deadlineAt = delay.isZero() ? 0 : now + delay.toNanos();
        due.pausedAt = now;
    }

    Optional<Duration> timeLeft() {
        return due.deadlineAt == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(due.deadlineAt - now));
    }

    boolean reading() {
        return due.reading() && work == null && handshake == null;
    }

    void advance(long nanos) {
        now += nanos;
        if (work == null && due.deadlineAt != 0 && now - due.deadlineAt >= 0) {
            due.deadlineAt = 0;
            due.expired = true;
        }
    }

    /** Tells every event that is due. */
    void run() {
        if (running || conversation == null) {
            return;
        }
        running = true;
        try {
            boolean more = true;
            while (more) {
                Conversation target = conversation;
                more = target != null && step(target);
            }
        } finally {
            running = false;
        }
    }

    private boolean step(Conversation target) {
        if (due.told) {
            tasks.clear();
            return false;
        }
        if (work != null) {
            return due.workDone && finishWork();
        }
        if (due.opened) {
            due.opened = false;
            target.opened(transport);
            return true;
        }
        String over = due.over;
        if (over != null) {
            due.told = true;
            target.closed(over);
            return false;
        }
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
            return true;
        }
        TlsSession session = nextTls;
        if (handshake != null && session != null) {
            handshake = null;
            nextTls = null;
            target.secured(session);
            return true;
        }
        return due.tell(target) || deliver(target);
    }

    private boolean finishWork() {
        Runnable then = afterWork;
        work = null;
        afterWork = null;
        due.workDone = false;
        if (due.deadlineAt != 0) {
            due.deadlineAt += now - due.pausedAt;
        }
        if (then != null) {
            then.run();
        }
        return true;
    }

    private boolean deliver(Conversation target) {
        if (!reading()) {
            return false;
        }
        if (held.size() > 0) {
            byte[] octets = held.toByteArray();
            held = new ByteArrayOutputStream();
            target.received(octets, 0, octets.length);
            return true;
        }
        return due.tellInputClosed(target);
    }
}
