package org.mailwright.smtp.transport.mina;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * Tells one connection's events to its conversation, one after the other and never within another. Events that are due
 * are kept as bits; {@link #pump} tells them in their order until none is due or something forbids it.
 */
final class Turns {
    /** Reasons not to read from the network. */
    static final int OFFLOADED = 1;

    static final int SUSPENDED = 2;
    static final int HANDSHAKE = 4;
    static final int INPUT_OVER = 8;
    static final int ENDING = 16;

    private static final int MOST_HELD = 1 << 20;

    private final MinaTransport transport;
    private final LoopSession session;
    private final LoopProcessor loop;
    private final IoLoops loops;
    private final LoopService.Start start;
    private final Ending end;
    private final Events due = new Events();
    private @Nullable Conversation conversation;
    private @Nullable TlsSession agreed;
    private @Nullable Runnable work;
    private @Nullable Runnable then;
    private @Nullable ArrayDeque<Runnable> tasks;
    private byte @Nullable [] held;
    private int noRead;
    private boolean running;

    Turns(
            MinaTransport transport,
            LoopSession session,
            LoopProcessor loop,
            IoLoops loops,
            LoopService.Start start,
            Ending end) {
        this.transport = transport;
        this.session = session;
        this.loop = loop;
        this.loops = loops;
        this.start = start;
        this.end = end;
    }

    Events due() {
        return due;
    }

    /** Whether the conversation was told that it is opened, or is being told. */
    boolean begun() {
        return conversation != null;
    }

    boolean mayRead() {
        return noRead == 0;
    }

    void block(int reason) {
        noRead |= reason;
    }

    void allow(int reason) {
        noRead &= ~reason;
        pump();
    }

    // ---- events from outside

    void received(byte[] array, int offset, int length) {
        Conversation target = conversation;
        if (running || noRead != 0 || held != null || target == null || due.any() || tasks != null) {
            hold(array, offset, length);
        } else {
            running = true;
            try {
                target.received(array, offset, length);
            } catch (Throwable e) {
                transport.fail(e);
            } finally {
                running = false;
            }
        }
        pump();
    }

    private void hold(byte[] array, int offset, int length) {
        byte[] before = held == null ? new byte[0] : held;
        if (before.length + length > MOST_HELD) {
            transport.lost("more input than can be held");
            return;
        }
        byte[] all = Arrays.copyOf(before, before.length + length);
        System.arraycopy(array, offset, all, before.length, length);
        held = all;
    }

    /** Forgets what was read and not told. */
    void discard() {
        held = null;
    }

    void secured(TlsSession session) {
        agreed = session;
        due.opened |= conversation == null;
        pump();
    }

    void execute(Runnable task) {
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
    }

    void handOver(Conversation next) {
        conversation = next;
        due.opened = true;
        pump();
    }

    void tick(long now) {
        if (due.passed(now)) {
            pump();
        }
    }

    // ---- work that waits

    void offload(Runnable todo, Runnable rest) {
        if (then != null) {
            throw new IllegalStateException("work is offloaded already");
        }
        work = todo;
        then = rest;
        noRead |= OFFLOADED;
        due.pause(loop.now());
        pump();
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
            transport.fail(failure);
        }
        pump();
    }

    private void finishWork(Runnable rest) {
        then = null;
        due.workDone = false;
        noRead &= ~OFFLOADED;
        due.resume(loop.now());
        if (!due.broken) {
            rest.run();
        }
    }

    // ---- telling

    void pump() {
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
            transport.fail(e);
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
        Runnable rest = then;
        if (rest != null && due.workDone) {
            finishWork(rest);
            return true;
        }
        if (end.told() || rest != null) {
            return false;
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
            open(target);
            return true;
        }
        return target != null && (tellFirst(target) || due.tell(target) || tellInput(target));
    }

    private void open(@Nullable Conversation known) {
        due.opened = false;
        Conversation target = known == null ? start.conversation().get() : known;
        conversation = target;
        target.opened(transport);
    }

    private boolean tellFirst(Conversation target) {
        TlsSession session = agreed;
        if (session != null) {
            agreed = null;
            target.secured(session);
            return true;
        }
        ArrayDeque<Runnable> queue = tasks;
        if (queue == null) {
            return false;
        }
        Runnable task = queue.remove();
        if (queue.isEmpty()) {
            tasks = null;
        }
        task.run();
        return true;
    }

    private boolean tellInput(Conversation target) {
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
}
