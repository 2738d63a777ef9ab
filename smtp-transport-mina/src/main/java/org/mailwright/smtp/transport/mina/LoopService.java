package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MINA's service behind a listener, which accepts, or behind a connector, which only adopts connections. */
final class LoopService extends NioSocketAcceptor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopService.class);
    private static final int ACCEPTS_PER_TURN = 64;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final IoLoops loops;
    private final Arrivals arrivals;

    LoopService(IoLoops loops, Arrivals arrivals) {
        super(loops.first());
        this.loops = loops;
        this.arrivals = arrivals;
        setHandler(new ConversationHandler());
        setSessionDataStructureFactory(new SessionParts());
        setReuseAddress(true);
        setCloseOnDeactivation(false);
        getStatistics().getConfig().setStatisticsCalcEnabled(false);
        // Only how much one connection may write per turn; MINA's own reads are not used.
        getSessionConfig().setMaxReadBufferSize(256 << 10);
    }

    /** What happens to a socket that was accepted; never blocks. */
    interface Arrivals {
        void accepted(SocketChannel socket) throws IOException;
    }

    /**
     * How a connection begins and ends.
     *
     * @param conversation makes its conversation
     * @param tls TLS from the first octet
     * @param ended hears that one is over, with the peer's address
     */
    record Start(
            Supplier<? extends Conversation> conversation, Optional<TlsPolicy> tls, Consumer<SocketAddress> ended) {}

    IoLoops loops() {
        return loops;
    }

    /** Puts a connected socket on a loop; the socket is closed when that fails. Not on a loop's thread. */
    LoopSession adopt(SocketChannel socket, Start start) throws IOException {
        try {
            LoopProcessor loop = loops.next();
            LoopSession session = new LoopSession(this, loop, socket, start);
            initSession(session, null, null);
            loop.add(session);
            return session;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Accepts all that wait, and outlives whatever goes wrong: MINA's own loop sleeps or ends. */
    @Override
    protected void processHandles(Iterator<ServerSocketChannel> handles) {
        while (handles.hasNext()) {
            ServerSocketChannel listener = handles.next();
            handles.remove();
            try {
                acceptFrom(listener);
            } catch (Throwable e) {
                // No file handles left, mostly: the listener stays ready, so that without a pause this would spin.
                LOG.warn("cannot accept a connection: {}", MinaTransport.reason(e));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void acceptFrom(ServerSocketChannel listener) throws IOException {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            SocketChannel socket = listener.accept();
            if (socket == null) {
                return;
            }
            try {
                arrivals.accepted(socket);
            } catch (IOException e) {
                LOG.debug("a connection was gone before it began: {}", MinaTransport.reason(e));
                socket.close();
            } catch (RuntimeException | Error e) {
                socket.close();
                throw e;
            }
        }
    }
}
