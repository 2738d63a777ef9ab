package org.mailwright.smtp.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Bytes through an {@link SSLEngine}; its long tasks run on the calling thread, for the generator has nothing better to
 * do.
 */
final class TlsWire implements Wire {

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer netIn;
    private final ByteBuffer netOut;
    private final ByteBuffer app;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

    /** A wire over a connected, non-blocking channel; the handshake starts with the first {@link #flush()}. */
    TlsWire(SocketChannel channel, SSLEngine engine) throws SSLException {
        this.channel = channel;
        this.engine = engine;
        netIn = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        netOut = ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize())
                .flip();
        app = ByteBuffer.allocate(4 * engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
    }

    @Override
    public ByteBuffer read() throws IOException {
        app.clear();
        boolean ended = channel.read(netIn) < 0;
        netIn.flip();
        unwrap();
        netIn.compact();
        flush();
        app.flip();
        if (!app.hasRemaining() && (ended || engine.isInboundDone())) {
            throw new EOFException(ready() ? "closed by the server" : "closed by the server in the handshake");
        }
        return app;
    }

    private void unwrap() throws SSLException {
        while (app.remaining() >= engine.getSession().getApplicationBufferSize()) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                if (!wrap(EMPTY)) {
                    return;
                }
            } else if (!netIn.hasRemaining() || engine.unwrap(netIn, app).getStatus() != SSLEngineResult.Status.OK) {
                return;
            }
        }
    }

    @Override
    public void write(ByteBuffer... bytes) throws IOException {
        waiting.addAll(List.of(bytes));
        flush();
    }

    @Override
    public boolean flush() throws IOException {
        while (true) {
            while (wrapNext()) {
                // Fill the outgoing buffer before the write: one system call takes several records.
            }
            if (!netOut.hasRemaining()) {
                return waiting.isEmpty();
            }
            if (channel.write(netOut) == 0) {
                return false;
            }
        }
    }

    private boolean wrapNext() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
            return true;
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            return wrap(EMPTY);
        }
        while (!waiting.isEmpty() && !waiting.getFirst().hasRemaining()) {
            waiting.removeFirst();
        }
        return ready() && !waiting.isEmpty() && wrap(waiting.getFirst());
    }

    /** Appends one record to the outgoing buffer; false if there is no room or nothing came of it. */
    private boolean wrap(ByteBuffer source) throws SSLException {
        netOut.compact();
        try {
            if (netOut.remaining() < engine.getSession().getPacketBufferSize()) {
                return false;
            }
            SSLEngineResult result = engine.wrap(source, netOut);
            return result.getStatus() == SSLEngineResult.Status.OK && result.bytesProduced() > 0;
        } finally {
            netOut.flip();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public boolean ready() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    }
}
