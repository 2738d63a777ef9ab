package org.mailwright.smtp.testkit;

import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.MemoryTransport;

/** A connection in memory. */
final class MemoryWire implements Wire {

    private final MemoryTransport transport = new MemoryTransport();
    private final boolean octetwise;
    private final StringBuilder said = new StringBuilder();

    /**
     * Connects.
     *
     * @param octetwise whether each octet comes alone
     */
    MemoryWire(Conversation server, boolean octetwise) {
        this.octetwise = octetwise;
        transport.begin(server);
    }

    @Override
    public void send(byte[] octets) {
        if (!octetwise) {
            transport.feed(octets);
            return;
        }
        for (byte octet : octets) {
            transport.feed(new byte[] {octet});
        }
    }

    @Override
    public Optional<String> line() {
        take();
        int end = said.indexOf("\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String line = said.substring(0, end);
        said.delete(0, end + 2);
        return Optional.of(Octets.text(line));
    }

    @Override
    public String pending() {
        take();
        return said.toString();
    }

    @Override
    public void secure() {
        transport.secure(FakeTls.SESSION);
    }

    @Override
    public void endInput() {
        transport.endInput();
    }

    @Override
    public void drop() {
        transport.disconnect("the client is gone");
    }

    @Override
    public void pass(Duration span) {
        transport.advance(span);
    }

    @Override
    public void stop() {
        transport.requestStop();
    }

    @Override
    public boolean closed() {
        return !transport.isOpen();
    }

    @Override
    public void close() {
        if (transport.isOpen()) {
            transport.disconnect("");
        }
    }

    private void take() {
        said.append(transport.take());
    }
}
