package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.mina.core.session.IoSession;
import org.mailwright.smtp.core.transport.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to servers. Connecting waits on a virtual thread; the connection then lives on an I/O thread. TLS begins
 * with {@link org.mailwright.smtp.core.transport.Transport#startTls}, for implicit TLS in {@link Conversation#opened};
 * the policy's engine decides that this side is the client.
 *
 * @since 0.1.0
 */
public final class MinaConnector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MinaConnector.class);

    private final IoLoops loops;
    private final LoopService service;
    private final Set<SocketChannel> connecting = ConcurrentHashMap.newKeySet();

    /** Makes one on these threads. */
    public MinaConnector(IoLoops loops) {
        this.loops = loops;
        this.service = new LoopService(loops, SocketChannel::close);
    }

    /**
     * Where to connect.
     *
     * @param remote address and port, resolved
     * @param local the address to connect from; empty for the system's choice
     * @param timeout how long connecting may take, more than zero
     */
    public record Target(InetSocketAddress remote, Optional<InetSocketAddress> local, Duration timeout) {
        /** Checks every value. */
        public Target {
            if (remote.isUnresolved()) {
                throw new IllegalArgumentException("remote is not a known host: " + remote.getHostString());
            }
            if (!timeout.isPositive()) {
                throw new IllegalArgumentException("timeout must be more than zero, not " + timeout);
            }
        }
    }

    /**
     * Connects. Ends with {@link Conversation#opened}, or with the callback; returns at once. May be called anywhere.
     *
     * @param conversation what is said
     * @param failed told, on a virtual thread, why there is no connection; the message names the address
     */
    public void connect(Target target, Conversation conversation, Consumer<IOException> failed) {
        try {
            loops.compute(() -> {
                try {
                    LoopService.Start start = new LoopService.Start(() -> conversation, Optional.empty(), remote -> {});
                    service.adopt(connected(target), start);
                } catch (IOException e) {
                    failed.accept(e);
                }
            });
        } catch (RejectedExecutionException e) {
            failed.accept(new IOException("the I/O threads have ended", e));
        }
    }

    private SocketChannel connected(Target target) throws IOException {
        SocketChannel socket = SocketChannel.open();
        connecting.add(socket);
        try {
            if (target.local().isPresent()) {
                socket.bind(target.local().get());
            }
            long millis = Math.clamp(target.timeout().toMillis(), 1, Integer.MAX_VALUE);
            socket.socket().connect(target.remote(), (int) millis);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw named(target, e);
        } finally {
            connecting.remove(socket);
        }
    }

    private static IOException named(Target target, Exception cause) {
        String where = target.remote().getAddress().getHostAddress() + " port "
                + target.remote().getPort();
        String why = cause instanceof SocketTimeoutException
                ? "no answer within " + target.timeout().toMillis() + " ms"
                : MinaTransport.reason(cause);
        return new IOException("cannot connect to " + where + ": " + why, cause);
    }

    /** Cuts every connection that it made, and gives up those that it is making. */
    @Override
    public void close() {
        for (SocketChannel socket : connecting) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a connection that was being made is not given up: {}", MinaTransport.reason(e));
            }
        }
        for (IoSession session : service.getManagedSessions().values()) {
            ((LoopSession) session).transport().cut("stopping");
        }
        service.dispose();
    }
}
