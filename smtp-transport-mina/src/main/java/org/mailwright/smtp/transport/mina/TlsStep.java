package org.mailwright.smtp.transport.mina;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake came to with the octets at hand. The engine belongs to the thread that runs the step, which may be
 * long: some providers compute in {@code unwrap} and {@code wrap}, others in tasks.
 *
 * @param output octets to send
 * @param finished whether the handshake has ended well
 * @param closed whether the peer ended it
 * @param failure why it failed, or null
 */
record TlsStep(
        ByteBuffer output,
        boolean finished,
        boolean closed,
        @Nullable String failure) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Runs the handshake as far as the octets go; those of the next records stay in the buffer. */
    static TlsStep run(SSLEngine engine, ByteBuffer octets) {
        Run run = new Run(engine, octets);
        String failure = null;
        try {
            run.advance();
        } catch (Throwable e) {
            // An engine may throw anything at hostile octets; this connection ends of it, no other.
            failure = MinaTransport.reason(e);
            run.drainAlert();
        }
        return new TlsStep(ByteBuffer.wrap(run.output.toByteArray()), run.finished, run.closed, failure);
    }

    private static final class Run {
        private final SSLEngine engine;
        private final ByteBuffer octets;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private ByteBuffer packet;
        private ByteBuffer plain;
        private boolean finished;
        private boolean closed;

        Run(SSLEngine engine, ByteBuffer octets) {
            this.engine = engine;
            this.octets = octets;
            this.packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }

        void advance() throws SSLException {
            boolean more = true;
            while (more && !closed) {
                more = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> wrap();
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                    case FINISHED, NOT_HANDSHAKING -> {
                        finished = true;
                        yield false;
                    }
                };
            }
        }

        private boolean runTasks() {
            Runnable task = engine.getDelegatedTask();
            while (task != null) {
                task.run();
                task = engine.getDelegatedTask();
            }
            return true;
        }

        private boolean wrap() throws SSLException {
            SSLEngineResult result = engine.wrap(NOTHING, packet);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                int size = Math.max(packet.capacity() * 2, engine.getSession().getPacketBufferSize());
                take();
                packet = ByteBuffer.allocate(size);
                return true;
            }
            take();
            closed = result.getStatus() == Status.CLOSED;
            return true;
        }

        private void take() {
            output.write(packet.array(), 0, packet.position());
            packet.clear();
        }

        private boolean unwrap() throws SSLException {
            SSLEngineResult result = engine.unwrap(octets, plain);
            return switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> false;
                case BUFFER_OVERFLOW -> {
                    plain = ByteBuffer.allocate(
                            Math.max(plain.capacity() * 2, engine.getSession().getApplicationBufferSize()));
                    yield true;
                }
                case CLOSED -> {
                    closed = true;
                    drainAlert();
                    yield false;
                }
                case OK -> {
                    if (plain.position() > 0) {
                        throw new SSLException("data within the handshake");
                    }
                    yield result.bytesConsumed() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP;
                }
            };
        }

        /** What the engine has to say about its end. */
        void drainAlert() {
            try {
                boolean more = true;
                for (int i = 0; i < 4 && more; i++) {
                    SSLEngineResult result = engine.wrap(NOTHING, packet);
                    more = result.getStatus() == Status.OK && result.bytesProduced() > 0;
                    take();
                }
            } catch (SSLException e) {
                packet.clear();
            }
        }
    }
}
