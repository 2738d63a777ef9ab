package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.apache.mina.core.service.TransportMetadata;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.core.write.WriteRequestQueue;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

/**
 * A MINA session that costs little: it shares the configuration of its service, is its own queue of writes, has no
 * attributes and sets one socket option. The queue belongs to the loop's thread.
 */
final class LoopSession extends NioSession implements WriteRequestQueue {
    private final SocketAddress remote;
    private final SocketAddress local;
    private final MinaTransport transport;
    private @Nullable WriteRequest first;
    private @Nullable ArrayDeque<WriteRequest> more;

    LoopSession(LoopService service, LoopProcessor loop, SocketChannel socket, LoopService.Start start)
            throws IOException {
        super(loop, service, socket);
        config = service.getSessionConfig();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SocketAddress peer = socket.getRemoteAddress();
        SocketAddress own = socket.getLocalAddress();
        if (peer == null || own == null) {
            throw new IOException("the peer has gone");
        }
        remote = peer;
        local = own;
        transport = new MinaTransport(this, loop, service.loops(), start);
    }

    MinaTransport transport() {
        return transport;
    }

    @Override
    public SocketChannel getChannel() {
        return (SocketChannel) channel;
    }

    @Override
    public TransportMetadata getTransportMetadata() {
        return getService().getTransportMetadata();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public SocketAddress getServiceAddress() {
        return local;
    }

    /** For the log. */
    String label() {
        String host = remote instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + " port " + inet.getPort()
                : remote.toString();
        return "connection " + getId() + " with " + host;
    }

    @Override
    public @Nullable WriteRequest poll(IoSession session) {
        WriteRequest next = first;
        if (next == null) {
            return null;
        }
        ArrayDeque<WriteRequest> rest = more;
        first = rest == null ? null : rest.poll();
        if (first == null) {
            more = null;
        }
        return next;
    }

    @Override
    public void offer(IoSession session, WriteRequest request) {
        if (first == null) {
            first = request;
            return;
        }
        ArrayDeque<WriteRequest> rest = more;
        if (rest == null) {
            rest = new ArrayDeque<>();
            more = rest;
        }
        rest.add(request);
    }

    @Override
    public boolean isEmpty(IoSession session) {
        return first == null;
    }

    @Override
    public void clear(IoSession session) {
        first = null;
        more = null;
    }

    @Override
    public void dispose(IoSession session) {
        clear(session);
    }

    @Override
    public int size() {
        ArrayDeque<WriteRequest> rest = more;
        return (first == null ? 0 : 1) + (rest == null ? 0 : rest.size());
    }
}
