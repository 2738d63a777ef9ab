package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * TLS of one connection. Every method runs on the loop's thread; the handshake, whose arithmetic takes long, runs on a
 * virtual thread with reading suspended, whichever way the provider does it. What is written during the handshake
 * waits. Records are opened and sealed in buffers that the loop's connections share, so that a quiet connection holds
 * none.
 */
final class TlsFilter extends IoFilterAdapter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_WAITING = 4 << 20;

    private final MinaTransport transport;
    private final LoopSession session;
    private final LoopProcessor loop;
    private final IoLoops loops;
    private final TlsPolicy policy;
    private final SSLEngine engine;
    private @Nullable NextFilter next;
    private @Nullable TlsOutput output;
    private ByteBuffer received = NOTHING;
    private boolean started;
    private boolean stepping;
    private boolean secured;
    private boolean inputOver;
    private boolean clearText;
    private boolean answered;

    TlsFilter(
            MinaTransport transport,
            LoopSession session,
            LoopProcessor loop,
            IoLoops loops,
            TlsPolicy policy,
            SSLEngine engine) {
        this.transport = transport;
        this.session = session;
        this.loop = loop;
        this.loops = loops;
        this.policy = policy;
        this.engine = engine;
    }

    /** Whether a part of the handshake is being computed elsewhere. */
    boolean stepping() {
        return stepping;
    }

    /** Octets written and not yet sealed. */
    int waiting() {
        TlsOutput out = output;
        return out == null ? 0 : out.kept();
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter nextFilter) {
        next = nextFilter;
        output = new TlsOutput(session, loop, engine, nextFilter);
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            transport.closeBecause("TLS handshake failed: " + MinaTransport.reason(e));
            return;
        }
        if (engine.getUseClientMode()) {
            step();
        }
    }

    // ---- the network's side

    @Override
    public void messageReceived(NextFilter nextFilter, IoSession ignored, Object message) {
        if (transport.ending() || inputOver) {
            return;
        }
        try {
            ByteBuffer octets = TlsRecord.joined(received, ((IoBuffer) message).buf());
            received = NOTHING;
            if (secured && !stepping) {
                open(octets);
            } else {
                handshake(octets);
            }
        } catch (SSLException e) {
            refuse(e);
        } catch (Throwable e) {
            transport.fail(e);
        }
    }

    private void handshake(ByteBuffer octets) {
        if (!started && !TlsRecord.isHandshake(octets)) {
            clearText = true;
            output().send(TlsRecord.alert(TlsRecord.UNEXPECTED_MESSAGE));
            transport.closeBecause("TLS handshake failed: clear text");
            return;
        }
        started = true;
        received = TlsRecord.copy(octets);
        // Part of a record is no work.
        if (!stepping && TlsRecord.isWhole(received)) {
            step();
        }
    }

    /** Opens records and delivers what they hold. */
    private void open(ByteBuffer octets) throws SSLException {
        IoBuffer plain = loop.tlsBuffers().plain(engine.getSession().getApplicationBufferSize());
        boolean more = octets.hasRemaining();
        while (more) {
            SSLEngineResult result = engine.unwrap(octets, plain.buf());
            switch (result.getStatus()) {
                case BUFFER_OVERFLOW -> plain = emptied(plain);
                case BUFFER_UNDERFLOW -> more = false;
                case CLOSED -> {
                    inputOver = true;
                    more = false;
                }
                case OK -> more = octets.hasRemaining() && !transport.ending() && afterRecord();
            }
        }
        received = TlsRecord.copy(octets);
        deliver(plain);
        if (inputOver) {
            received = NOTHING;
            NextFilter handler = next;
            if (handler != null && !transport.ending()) {
                handler.inputClosed(session);
            }
        } else if (!transport.ending() && !afterRecord()) {
            step();
        }
    }

    private IoBuffer emptied(IoBuffer plain) throws SSLException {
        if (plain.position() > 0) {
            deliver(plain);
            return plain;
        }
        int record = engine.getSession().getApplicationBufferSize();
        if (plain.capacity() >= record) {
            throw new SSLException("a record that does not fit");
        }
        return loop.tlsBuffers().plain(record);
    }

    /** Answers what is no data, as a new key of TLS 1.3; returns false when that must be computed elsewhere. */
    private boolean afterRecord() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return true;
        }
        if (!"TLSv1.3".equals(engine.getSession().getProtocol())) {
            throw new SSLException("renegotiation is not done");
        }
        if (status == HandshakeStatus.NEED_TASK) {
            return false;
        }
        output().flush();
        return true;
    }

    private void deliver(IoBuffer plain) {
        NextFilter handler = next;
        if (plain.position() > 0 && handler != null) {
            plain.flip();
            handler.messageReceived(session, plain);
        }
        plain.clear();
    }

    // ---- the handshake

    private void step() {
        if (stepping || session.isClosing()) {
            return;
        }
        stepping = true;
        transport.blockReading();
        ByteBuffer octets = received;
        loops.compute(() -> {
            TlsStep result = TlsStep.run(engine, octets);
            loop.execute(() -> stepped(result));
        });
    }

    private void stepped(TlsStep result) {
        stepping = false;
        if (!received.hasRemaining()) {
            received = NOTHING;
        }
        if (session.isClosing()) {
            return;
        }
        try {
            answered |= result.output().hasRemaining();
            output().send(result.output());
            String failure = result.failure();
            if (failure != null) {
                if (!answered) {
                    // Bouncy Castle has no alert for a hello that it cannot read.
                    output().send(TlsRecord.alert(TlsRecord.HANDSHAKE_FAILURE));
                }
                transport.closeBecause("TLS handshake failed: " + failure);
            } else if (transport.ending()) {
                closeOutbound();
            } else if (result.closed()) {
                transport.closeBecause("TLS handshake ended by the peer");
            } else {
                goOn(result.finished());
            }
        } catch (SSLException e) {
            refuse(e);
        } catch (Throwable e) {
            transport.fail(e);
        }
        transport.checkFlushed();
    }

    private void goOn(boolean finished) throws SSLException {
        if (finished && !secured) {
            secured = true;
            output().open();
            transport.secured(policy, engine);
        }
        ByteBuffer rest = received;
        if (secured && rest.hasRemaining() && !transport.ending()) {
            received = NOTHING;
            open(rest);
        }
        if (!stepping) {
            transport.allowReading();
        }
    }

    private void refuse(SSLException e) {
        try {
            output().flush();
        } catch (SSLException alert) {
            e.addSuppressed(alert);
        }
        transport.closeBecause("TLS: " + MinaTransport.reason(e));
    }

    // ---- the conversation's side

    private TlsOutput output() {
        TlsOutput known = output;
        if (known == null) {
            throw new IllegalStateException("not in a chain");
        }
        return known;
    }

    @Override
    public void filterWrite(NextFilter nextFilter, IoSession ignored, WriteRequest request) {
        try {
            output().write(((IoBuffer) request.getMessage()).buf());
        } catch (SSLException e) {
            transport.lost("TLS: " + MinaTransport.reason(e));
        }
        if (waiting() > MOST_WAITING) {
            transport.lost("too much written during the TLS handshake");
        }
    }

    /** Says close_notify; after a handshake step that is going on. */
    void closeOutbound() {
        if (stepping || clearText) {
            return;
        }
        engine.closeOutbound();
        try {
            output().flush();
        } catch (SSLException e) {
            // Nothing is left to say it with; the connection closes all the same.
            transport.closeBecause("TLS: " + MinaTransport.reason(e));
        }
    }
}
