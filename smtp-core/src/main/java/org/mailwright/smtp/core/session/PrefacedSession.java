package org.mailwright.smtp.core.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.extension.Preface.Progress;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation that begins when a preface has come, and sees the connection as the preface tells it. What comes
 * behind the preface is the conversation's, or where the listener begins with TLS, that of the handshake.
 */
final class PrefacedSession implements Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
    private static final byte[] NOTHING = {};

    private final Preface preface;
    private final Conversation inner;
    private final Optional<TlsPolicy> tls;
    private @Nullable Transport transport;
    private byte[] kept = NOTHING;
    private boolean begun;
    private boolean over;

    PrefacedSession(Preface preface, Conversation inner, Optional<TlsPolicy> tls) {
        this.preface = preface;
        this.inner = inner;
        this.tls = tls;
    }

    @Override
    public void opened(Transport connection) {
        transport = connection;
        if (preface.expectedFrom(connection.remoteAddress())) {
            connection.deadline(preface.timeout());
        } else {
            begin(connection, Optional.empty());
        }
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        if (begun) {
            deliverKept();
            inner.received(octets, offset, length);
        } else if (!over) {
            byte[] all = Arrays.copyOf(kept, kept.length + length);
            System.arraycopy(octets, offset, all, kept.length, length);
            kept = all;
            read(connection());
        }
    }

    private void read(Transport connection) {
        switch (preface.read(ByteBuffer.wrap(kept).asReadOnlyBuffer())) {
            case Progress.More more -> {
                if (kept.length >= preface.longest()) {
                    refuse(connection, "its preface does not end");
                }
            }
            case Progress.Whole(int length, Optional<Preface.Ends> ends) -> {
                kept = Arrays.copyOfRange(kept, length, kept.length);
                connection.deadline(Duration.ZERO);
                begin(connection, ends);
                if (kept.length > 0) {
                    connection.execute(this::deliverKept); // an event of its own: the first one may still be under way
                }
            }
            case Progress.Refused(String why) -> refuse(connection, why);
        }
    }

    private void begin(Transport connection, Optional<Preface.Ends> ends) {
        begun = true;
        inner.opened(ends.isPresent() ? new RelocatedTransport(connection, ends.get()) : connection);
        if (tls.isPresent()) {
            byte[] first = kept;
            kept = NOTHING;
            connection.startTls(tls.get(), ByteBuffer.wrap(first));
        }
    }

    private void refuse(Transport connection, String why) {
        LOG.info("A connection from {} was cut: {}", connection.remoteAddress(), why);
        over = true;
        connection.abort();
    }

    private void deliverKept() {
        if (kept.length > 0) {
            byte[] octets = kept;
            kept = NOTHING;
            inner.received(octets, 0, octets.length);
        }
    }

    @Override
    public void inputClosed() {
        if (begun) {
            deliverKept();
            inner.inputClosed();
        } else {
            refuse(connection(), "it ended before its preface");
        }
    }

    @Override
    public void secured(TlsSession session) {
        inner.secured(session);
    }

    @Override
    public void writable() {
        if (begun) {
            inner.writable();
        }
    }

    @Override
    public void expired() {
        if (begun) {
            inner.expired();
        } else {
            refuse(connection(), "its preface did not come in time");
        }
    }

    @Override
    public void stop() {
        if (begun) {
            inner.stop();
        } else {
            over = true;
            connection().close();
        }
    }

    @Override
    public void closed(String why) {
        if (begun) {
            inner.closed(why);
        }
    }

    private Transport connection() {
        Transport known = transport;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }
}
