package org.mailwright.smtp.core.transport;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@link Transport} without a network: a test feeds octets, moves the clock and takes what was written. Everything
 * happens in the calling thread, within the call that causes it, so that a dialogue always runs the same way. All
 * methods but {@link #execute} belong to one thread; what other threads hand to it runs in the next call, or in
 * {@link #run}.
 *
 * <p>What the conversation throws is thrown to the caller.
 *
 * @since 0.1.0
 */
public final class MemoryTransport implements Transport {
    private final Options options;
    private final Runnable wake;
    private final MemoryTurns turns = new MemoryTurns(this);
    private final MemoryEvents due = turns.due;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
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

    /** Begins the dialogue: the connection is there. */
    public void begin(Conversation first) {
        turns.conversation = first;
        due.opened = true;
        run();
    }

    /** Lets octets arrive, in one event unless the conversation does not read now. */
    public void feed(byte[] octets) {
        turns.feed(octets);
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
        turns.advance(span.toNanos());
        run();
    }

    /** Runs the offloaded work and the rest of its turn. */
    public void runOffloaded() {
        turns.endWork();
        run();
    }

    /** Tells whether work waits for {@link #runOffloaded}. */
    public boolean offloaded() {
        return turns.work != null;
    }

    /** Lets the next handshake succeed by itself with this result, as soon as the conversation begins it. */
    public void presetTls(TlsSession session) {
        turns.nextTls = session;
    }

    /** Returns the policy of the handshake that is going on. */
    public Optional<TlsPolicy> handshake() {
        return Optional.ofNullable(turns.handshake);
    }

    /** Ends the handshake well. */
    public void secure(TlsSession session) {
        turns.secure(session);
        run();
    }

    /** Ends the handshake, and with it the connection. */
    public void endHandshake(String why) {
        turns.endHandshake(why);
        run();
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
        return turns.reading();
    }

    /** Returns the time to the deadline; empty when none is set. */
    public Optional<Duration> deadline() {
        return turns.timeLeft();
    }

    /** Runs every event that is due. */
    public void run() {
        turns.run();
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
        turns.offload(todo, then);
        if (!options.offloadOnRequest()) {
            turns.endWork();
        }
        run();
    }

    @Override
    public void execute(Runnable task) {
        turns.add(task);
        wake.run();
    }

    @Override
    public void startTls(TlsPolicy policy) {
        turns.discard();
        turns.handshake = policy;
        run();
    }

    @Override
    public void deadline(Duration delay) {
        turns.deadline(delay);
    }

    @Override
    public long nanoTime() {
        return turns.now;
    }

    @Override
    public void handOver(Conversation next) {
        turns.conversation = next;
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
