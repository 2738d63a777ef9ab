package org.mailwright.smtp.transport.mina;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;

/** A TLS client of a test over a socket, that decides itself which records leave in one write. */
final class TlsPeer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private final Socket socket;
    private final InputStream in;
    private final SSLEngine engine;
    private final ByteBuffer packet = ByteBuffer.allocate(64 << 10);
    private ByteBuffer wire = ByteBuffer.allocate(256 << 10).flip();
    private final ByteBuffer plain = ByteBuffer.allocate(64 << 10);
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean closeNotify;

    TlsPeer(Socket socket, SSLEngine engine) throws IOException {
        this.socket = socket;
        this.engine = engine;
        this.in = socket.getInputStream();
        socket.setSoTimeout(20_000);
    }

    /** Does the handshake; what it says first leaves in one write with the end of it. */
    void handshake(String first) throws IOException {
        engine.beginHandshake();
        boolean more = true;
        while (more) {
            more = switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    yield true;
                }
                case NEED_TASK -> {
                    Runnable task = engine.getDelegatedTask();
                    while (task != null) {
                        task.run();
                        task = engine.getDelegatedTask();
                    }
                    yield true;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    flush();
                    unwrap();
                    yield true;
                }
                case FINISHED, NOT_HANDSHAKING -> false;
            };
        }
        wrap(ByteBuffer.wrap(first.getBytes(StandardCharsets.ISO_8859_1)));
        flush();
    }

    private void wrap(ByteBuffer octets) throws IOException {
        boolean more = true;
        while (more) {
            packet.clear();
            SSLEngineResult result = engine.wrap(octets, packet);
            out.write(packet.array(), 0, packet.position());
            more = octets.hasRemaining() && result.getStatus() == Status.OK;
        }
    }

    private void flush() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        out.reset();
    }

    void send(String octets) throws IOException {
        wrap(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
        flush();
    }

    /** Says close_notify. */
    void closeOutbound() throws IOException {
        engine.closeOutbound();
        wrap(NOTHING);
        flush();
    }

    /** Returns false at the end. */
    private boolean unwrap() throws IOException {
        SSLEngineResult result = engine.unwrap(wire, plain);
        plain.flip();
        text.append(StandardCharsets.ISO_8859_1.decode(plain));
        plain.clear();
        if (result.getStatus() == Status.CLOSED) {
            closeNotify = true;
            return false;
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            wire.compact();
            int count = in.read(wire.array(), wire.position(), wire.remaining());
            wire.position(wire.position() + Math.max(count, 0)).flip();
            if (count < 0 && engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
                throw new IOException("closed in the handshake");
            }
            return count >= 0;
        }
        return true;
    }

    String line() throws IOException {
        int end = text.indexOf("\r\n");
        while (end < 0) {
            if (!unwrap()) {
                return "(end)";
            }
            end = text.indexOf("\r\n");
        }
        String line = text.substring(0, end);
        text.delete(0, end + 2);
        return line;
    }

    boolean sawCloseNotify() {
        return closeNotify;
    }
}
