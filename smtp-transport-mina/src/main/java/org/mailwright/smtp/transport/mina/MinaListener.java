package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.mina.core.session.IoSession;
import org.mailwright.smtp.core.transport.Conversation;

/**
 * Listens at one address and gives each connection that is admitted a conversation. Where TLS comes first, the
 * conversation begins after the handshake, with {@link Conversation#opened} and then {@link Conversation#secured}; of a
 * handshake that fails it never hears.
 *
 * @since 0.1.0
 */
public final class MinaListener implements AutoCloseable {
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);
    private static final long SLICE_NANOS = 200_000_000L;

    private final ListenerConfig config;
    private final LoopService service;
    private final Supplier<Beginning> beginnings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int open;
    private boolean stopping;

    private MinaListener(IoLoops loops, ListenerConfig config, Supplier<Beginning> beginnings) {
        this.config = config;
        this.beginnings = beginnings;
        this.service = new LoopService(loops, this::accepted);
        service.setBacklog(config.backlog());
    }

    /**
     * Begins to listen.
     *
     * @param conversations makes the conversation of a connection, on an I/O thread; must not block
     * @throws IOException when the address cannot be bound; the message names it
     */
    public static MinaListener bind(
            IoLoops loops, ListenerConfig config, Supplier<? extends Conversation> conversations) throws IOException {
        return bindChanging(loops, config, () -> new Beginning(conversations, config.tls()));
    }

    /**
     * Begins to listen where connections may begin in different ways.
     *
     * @param config whose TLS says only that nothing is said in clear to those who are not admitted
     * @param beginnings asked once for each connection that is admitted; must not block
     * @throws IOException when the address cannot be bound; the message names it
     */
    public static MinaListener bindChanging(IoLoops loops, ListenerConfig config, Supplier<Beginning> beginnings)
            throws IOException {
        MinaListener listener = new MinaListener(loops, config, beginnings);
        try {
            listener.service.bind(config.address());
        } catch (IOException | RuntimeException e) {
            listener.service.dispose();
            InetSocketAddress address = config.address();
            throw new IOException(
                    "cannot listen at " + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
                            + MinaTransport.reason(root(e)),
                    e);
        }
        return listener;
    }

    /** What the system said, such as "Address already in use": MINA wraps it in words that only repeat the address. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Returns the address at which it listens, with the port that was taken. */
    public InetSocketAddress address() {
        InetSocketAddress bound = service.getLocalAddress();
        return bound == null ? config.address() : bound;
    }

    /** Returns the number of connections now. */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void accepted(SocketChannel socket) throws IOException {
        SocketAddress remote = socket.getRemoteAddress();
        if (remote == null) {
            throw new IOException("the peer has gone");
        }
        Optional<byte[]> refusal = config.admission().refusal(remote);
        if (refusal.isPresent()) {
            refuse(socket, refusal.get());
            return;
        }
        count(1);
        try {
            Beginning now = beginnings.get();
            service.adopt(socket, new LoopService.Start(now.conversation(), now.tls(), this::ended));
        } catch (IOException | RuntimeException | Error e) {
            ended(remote);
            throw e;
        }
    }

    private void refuse(SocketChannel socket, byte[] octets) throws IOException {
        try (socket) {
            if (config.tls().isEmpty()) {
                socket.configureBlocking(false);
                socket.write(ByteBuffer.wrap(octets));
            }
        }
    }

    private void ended(SocketAddress remote) {
        config.admission().ended(remote);
        count(-1);
    }

    private void count(int change) {
        lock.lock();
        try {
            open += change;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends in good order: takes no new connections, asks every conversation to {@linkplain Conversation#stop stop},
     * waits until all are over, and cuts those that are left.
     *
     * @param patience how long to wait; zero cuts at once
     * @return whether all ended by themselves
     */
    public boolean stop(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            if (stopping) {
                return awaitNone(patience, MinaTransport::requestStop);
            }
            stopping = true;
        } finally {
            lock.unlock();
        }
        service.unbind();
        boolean all = awaitNone(patience, MinaTransport::requestStop);
        if (!all) {
            awaitNone(LAST_PATIENCE, transport -> transport.cut("stopping"));
        }
        service.dispose();
        return all;
    }

    private interface Act {
        void on(MinaTransport transport);
    }

    /** Acts on every connection again and again, because one that was accepted last may not be there yet. */
    private boolean awaitNone(Duration patience, Act act) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            while (open > 0) {
                for (IoSession session : service.getManagedSessions().values()) {
                    act.on(((LoopSession) session).transport());
                }
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                long ignored = changed.awaitNanos(Math.min(left, SLICE_NANOS));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Stops without patience. */
    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            service.dispose();
            Thread.currentThread().interrupt();
        }
    }
}
