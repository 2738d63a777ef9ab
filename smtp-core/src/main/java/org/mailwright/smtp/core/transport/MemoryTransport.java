package org.mailwright.smtp.core.transport;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Transport} without a network: a test feeds octets, moves the clock and takes what was written. Everything
 * happens in the calling thread, within the call that causes it, so that a dialogue always runs the same way. All methods
 * but {@link #execute} belong to one thread; what other threads hand to it runs in the next call, or in {@link #run}.
 *
 * <p>What the conversation throws is thrown to the caller.
 *
 * @since 0.1.0
 */
public final class MemoryTransport implements Transport {
    private final Options options;
    private final Runnable wake;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final MemoryEvents due = new MemoryEvents();
    private @Nullable Conversation conversation;
    private @Nullable Runnable work;
    private @Nullable Runnable afterWork;
    private @Nullable TlsPolicy handshake;
    private @Nullable TlsSession nextTls;
    private boolean running;
    private long now;
    private int writes;

    /** Makes one with {@link Options#DEFAULTS}. */
    public MemoryTransport() {
        this(Options.DEFAULTS);
    }

    /** Makes one. */
    public MemoryTransport(Options options) {
        this(options, () -> {});
    }

    /** With what is told when a task came from another thread. */
    MemoryTransport(Options options, Runnable wake) {
        this.options = options;
        this.wake = wake;
    }

    /**
     * What can be chosen.
     *
     * @param remote the address of the peer
     * @param local the address of this side
     * @param offloadOnRequest whether offloaded work waits for {@link #runOffloaded}; else it runs at once
     * @param writeLimit octets not yet taken at which it is congested; at least 1
     */
    public record Options(SocketAddress remote, SocketAddress local, boolean offloadOnRequest, int writeLimit) {
        /** From 192.0.2.1 to port 25 of 192.0.2.25, work runs at once, never congested. */
        public static final Options DEFAULTS = new Options(
                new InetSocketAddress("192.0.2.1", 50_000),
                new InetSocketAddress("192.0.2.25", 25),
                false,
                Integer.MAX_VALUE);

        /** Checks the limit. */
        public Options {
            if (writeLimit < 1) {
                throw new IllegalArgumentException("writeLimit must be at least 1, not " + writeLimit);
            }
        }

        /** Returns the same with another address of the peer. */
        public Options withRemote(SocketAddress address) {
            return new Options(address, local, offloadOnRequest, writeLimit);
        }

        /** Returns the same, with work that waits for {@link #runOffloaded}. */
        public Options withOffloadOnRequest() {
            return new Options(remote, local, true, writeLimit);
        }

        /** Returns the same, congested from so many octets on. */
        public Options withWriteLimit(int octets) {
            return new Options(remote, local, offloadOnRequest, octets);
        }
    }

    // ---- the test's side

    /** Begins the dialogue: the connection is there. */
    public void begin(Conversation first) {
        conversation = first;
        due.opened = true;
        run();
    }

    /** Lets octets arrive, in one event unless the conversation does not read now. */
    public void feed(byte[] octets) {
        if (due.inputEnded) {
            throw new IllegalStateException("the peer has ended its side");
        }
        if (handshake != null) {
            endHandshake("clear text in the TLS handshake");
        } else if (!due.closing && due.over == null) {
            held.writeBytes(octets);
        }
        run();
    }

    /** Lets text arrive, one octet per char. */
    public void feed(String text) {
        feed(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Lets the peer end its side; it still reads. */
    public void endInput() {
        due.inputEnded = true;
        run();
    }

    /** Breaks the connection. */
    public void disconnect(String why) {
        due.end(why);
        run();
    }

    /** Lets the server ask for the end. */
    public void requestStop() {
        due.stop = true;
        run();
    }

    /** Moves the clock. */
    public void advance(Duration span) {
        now += span.toNanos();
        if (work == null && due.deadlineAt != 0 && now - due.deadlineAt >= 0) {
            due.deadlineAt = 0;
            due.expired = true;
        }
        run();
    }

    /** Runs the offloaded work and the rest of its turn. */
    public void runOffloaded() {
        Runnable todo = work;
        if (todo == null) {
            throw new IllegalStateException("nothing is offloaded");
        }
        todo.run();
        due.workDone = true;
        run();
    }

    /** Tells whether work waits for {@link #runOffloaded}. */
    public boolean offloaded() {
        return work != null;
    }

    /** Lets the next handshake succeed by itself with this result, as soon as the conversation begins it. */
    public void presetTls(TlsSession session) {
        nextTls = session;
    }

    /** Returns the policy of the handshake that is going on. */
    public Optional<TlsPolicy> handshake() {
        return Optional.ofNullable(handshake);
    }

    /** Ends the handshake well. */
    public void secure(TlsSession session) {
        if (handshake == null) {
            throw new IllegalStateException("no TLS handshake is going on");
        }
        nextTls = session;
        run();
    }

    /** Ends the handshake, and with it the connection. */
    public void endHandshake(String why) {
        handshake = null;
        disconnect(why);
    }

    /** Returns all octets written and not yet taken. */
    public byte[] takeOctets() {
        byte[] octets = sent.toByteArray();
        sent.reset();
        writes = 0;
        if (due.wasCongested) {
            due.wasCongested = false;
            due.writable = true;
            run();
        }
        return octets;
    }

    /** Returns all that was written and not yet taken, one char per octet. */
    public String take() {
        return new String(takeOctets(), StandardCharsets.ISO_8859_1);
    }

    /** Returns the number of calls of {@link #write} since the last take. */
    public int writes() {
        return writes;
    }

    /** Tells whether the conversation has not been told {@link Conversation#closed} yet. */
    public boolean isOpen() {
        return !due.told;
    }

    /** Returns the reason told with {@link Conversation#closed}; empty while open. */
    public Optional<String> closedWhy() {
        return due.told ? Optional.ofNullable(due.over) : Optional.empty();
    }

    /** Tells whether the conversation takes octets now. */
    public boolean reading() {
        return due.reading() && work == null && handshake == null;
    }

    /** Returns the time to the deadline; empty when none is set. */
    public Optional<Duration> deadline() {
        return due.deadlineAt == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(due.deadlineAt - now));
    }

    /** Runs every event that is due. */
    public void run() {
        Conversation target = conversation;
        if (running || target == null) {
            return;
        }
        running = true;
        try {
            while (step(conversation == null ? target : conversation)) {
                // until nothing is due
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
            target.opened(this);
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

    // ---- the conversation's side

    @Override
    public SocketAddress remoteAddress() {
        return options.remote();
    }

    @Override
    public SocketAddress localAddress() {
        return options.local();
    }

    @Override
    public void write(ByteBuffer octets) {
        if (due.closing || due.over != null) {
            return;
        }
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        sent.writeBytes(copy);
        writes++;
    }

    @Override
    public boolean congested() {
        boolean full = sent.size() >= options.writeLimit();
        due.wasCongested |= full;
        return full;
    }

    @Override
    public void suspendReading() {
        due.suspended = true;
    }

    @Override
    public void resumeReading() {
        due.suspended = false;
        run();
    }

    @Override
    public void offload(Runnable todo, Runnable then) {
        if (work != null) {
            throw new IllegalStateException("work is offloaded already");
        }
        work = todo;
        afterWork = then;
        due.pausedAt = now;
        if (!options.offloadOnRequest()) {
            todo.run();
            due.workDone = true;
        }
        run();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wake.run();
    }

    @Override
    public void startTls(TlsPolicy policy) {
        held = new ByteArrayOutputStream();
        handshake = policy;
        run();
    }

    @Override
    public void deadline(Duration delay) {
        due.expired = false;
        due.deadlineAt = delay.isZero() ? 0 : now + delay.toNanos();
        due.pausedAt = now;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void handOver(Conversation next) {
        conversation = next;
        due.opened = true;
        run();
    }

    @Override
    public void close() {
        due.closing = true;
        due.end("");
        run();
    }

    @Override
    public void abort() {
        sent.reset();
        close();
    }
}
