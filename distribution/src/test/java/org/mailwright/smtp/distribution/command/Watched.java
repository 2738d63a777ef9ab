package org.mailwright.smtp.distribution.command;

import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/** A conversation whose end is told. */
record Watched(Conversation inner, Runnable ended) implements Conversation {

    @Override
    public void opened(Transport transport) {
        inner.opened(transport);
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        inner.received(octets, offset, length);
    }

    @Override
    public void inputClosed() {
        inner.inputClosed();
    }

    @Override
    public void secured(TlsSession tls) {
        inner.secured(tls);
    }

    @Override
    public void writable() {
        inner.writable();
    }

    @Override
    public void expired() {
        inner.expired();
    }

    @Override
    public void stop() {
        inner.stop();
    }

    @Override
    public void closed(String why) {
        inner.closed(why);
        ended.run();
    }
}
