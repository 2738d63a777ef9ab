package org.mailwright.smtp.distribution.command;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/**
 * One end of two connections whose octets go from each to the other: what a host says that sends mail here, and what
 * the server answers that takes it. Of each direction no more than one read is under way.
 */
final class Bridge implements Conversation {

    private static final Duration CONNECTING = Duration.ofSeconds(30);
    /** As long as a server may take to think about a mail (RFC 5321 section 4.5.3.2.6). */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private static final byte[] NOBODY =
            "421 4.3.2 The server that takes the mail does not answer\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Ending ending;
    private final LastLine said;
    private final Consumer<String> closed;
    private final AtomicReference<@Nullable Transport> transport = new AtomicReference<>();
    private final AtomicReference<@Nullable Bridge> other = new AtomicReference<>();
    private final Consumer<Bridge> opened;
    private boolean owing;

    private Bridge(Consumer<Bridge> opened, Ending ending, LastLine said, Consumer<String> closed) {
        this.opened = opened;
        this.ending = ending;
        this.said = said;
        this.closed = closed;
    }

    /**
     * Makes the end of a connection that is there, which connects to a server when it is opened.
     *
     * @param over told why it ended; "" for an end in order
     */
    static Conversation to(InetSocketAddress server, Connector connector, Consumer<String> over) {
        Ending ending = new Ending(over);
        return new Bridge(
                self -> {
                    self.on(Transport::suspendReading);
                    self.connect(server, connector);
                },
                ending,
                ending.sender(),
                ending::senderEnded);
    }

    private void connect(InetSocketAddress server, Connector connector) {
        Bridge here =
                new Bridge(self -> on(Transport::resumeReading), ending, ending.receiver(), ending::receiverEnded);
        here.other.set(this);
        other.set(here);
        connector.connect(server, Optional.empty(), CONNECTING, here, failure -> {
            ending.failed(String.valueOf(failure.getMessage()));
            on(connection -> {
                connection.write(ByteBuffer.wrap(NOBODY));
                connection.close();
            });
        });
    }

    /** Does something as an event of this connection, if it is there. */
    private void on(Consumer<Transport> what) {
        Transport known = transport.get();
        if (known != null) {
            known.execute(() -> what.accept(known));
        }
    }

    private void onOther(Consumer<Bridge> what) {
        Bridge known = other.get();
        if (known != null) {
            known.on(connection -> what.accept(known));
        }
    }

    @Override
    public void opened(Transport connection) {
        transport.set(connection);
        connection.deadline(SILENCE);
        opened.accept(this);
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        said.add(octets, offset, length);
        ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOfRange(octets, offset, offset + length));
        on(Transport::suspendReading);
        onOther(to -> to.pass(copy));
    }

    private void pass(ByteBuffer octets) {
        Transport known = transport.get();
        if (known != null) {
            known.deadline(SILENCE);
            known.write(octets);
            owing = true;
            if (!known.congested()) {
                writable();
            }
        }
    }

    @Override
    public void writable() {
        if (owing) {
            owing = false;
            onOther(from -> from.on(connection -> {
                connection.deadline(SILENCE);
                connection.resumeReading();
            }));
        }
    }

    @Override
    public void inputClosed() {
        on(Transport::close);
    }

    @Override
    public void secured(TlsSession tls) {
        // TLS of the connection to the sender was there before
    }

    @Override
    public void expired() {
        ending.failed("nothing was said for " + SILENCE.toMinutes() + " minutes");
        on(Transport::abort);
    }

    @Override
    public void stop() {
        on(Transport::close);
    }

    @Override
    public void closed(String why) {
        // told first: what the other end hears of it is its consequence
        closed.accept(why);
        onOther(to -> to.on(Transport::close));
    }
}
