package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;

/** The way out of a TLS connection: seals what is written; until the handshake has ended, keeps it. */
final class TlsOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_WRAPS = 16;

    private final LoopSession session;
    private final LoopProcessor loop;
    private final SSLEngine engine;
    private final NextFilter network;
    private @Nullable ArrayDeque<ByteBuffer> kept;
    private int keptOctets;
    private boolean open;

    TlsOutput(LoopSession session, LoopProcessor loop, SSLEngine engine, NextFilter network) {
        this.session = session;
        this.loop = loop;
        this.engine = engine;
        this.network = network;
    }

    /** Octets that wait for the end of the handshake. */
    int kept() {
        return keptOctets;
    }

    void write(ByteBuffer octets) throws SSLException {
        if (open) {
            seal(octets);
            return;
        }
        ArrayDeque<ByteBuffer> queue = kept;
        if (queue == null) {
            queue = new ArrayDeque<>();
            kept = queue;
        }
        queue.add(octets);
        keptOctets += octets.remaining();
    }

    /** Seals what was kept, and from now on everything at once. */
    void open() throws SSLException {
        open = true;
        ArrayDeque<ByteBuffer> queue = kept;
        kept = null;
        keptOctets = 0;
        while (queue != null && !queue.isEmpty()) {
            seal(queue.remove());
        }
    }

    private void seal(ByteBuffer octets) throws SSLException {
        int packet = engine.getSession().getPacketBufferSize();
        ByteBuffer out = loop.tlsBuffers().sealed(packet);
        boolean more = octets.hasRemaining();
        while (more) {
            if (out.remaining() < packet) {
                send(out.flip());
                out.clear();
            }
            SSLEngineResult result = engine.wrap(octets, out);
            boolean closed = result.getStatus() == Status.CLOSED;
            if (!closed && (result.getStatus() != Status.OK || result.bytesProduced() == 0)) {
                throw new SSLException("cannot seal: " + result);
            }
            more = !closed && octets.hasRemaining();
        }
        send(out.flip());
    }

    /** Sends what the engine itself has to say. */
    void flush() throws SSLException {
        ByteBuffer out = loop.tlsBuffers().sealed(engine.getSession().getPacketBufferSize());
        boolean more = true;
        for (int i = 0; i < MOST_WRAPS && more && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
            SSLEngineResult result = engine.wrap(NOTHING, out);
            more = result.getStatus() == Status.OK && result.bytesProduced() > 0;
        }
        send(out.flip());
    }

    /** Sends octets as they are, a copy of them. */
    void send(ByteBuffer sealed) {
        if (sealed.hasRemaining() && !session.isClosing()) {
            ByteBuffer copy =
                    ByteBuffer.allocate(sealed.remaining()).put(sealed).flip();
            network.filterWrite(session, new DefaultWriteRequest(IoBuffer.wrap(copy)));
        }
    }
}
