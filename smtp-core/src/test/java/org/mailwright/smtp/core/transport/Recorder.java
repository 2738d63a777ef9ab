package org.mailwright.smtp.core.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation that writes down its events, and lets a test act when octets come. */
class Recorder implements Conversation {
    final List<String> events = new ArrayList<>();
    private final Action onReceived;

    @Nullable
    Transport transport;

    Recorder(Action onReceived) {
        this.onReceived = onReceived;
    }

    Recorder() {
        this((link, text) -> {});
    }

    /** What to do with octets. */
    interface Action {
        void received(Transport transport, String text);
    }

    Transport link() {
        Transport known = transport;
        if (known == null) {
            throw new AssertionError("not opened");
        }
        return known;
    }

    @Override
    public void opened(Transport link) {
        transport = link;
        events.add("opened");
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        String text = new String(octets, offset, length, StandardCharsets.ISO_8859_1);
        events.add("received " + text);
        onReceived.received(link(), text);
    }

    @Override
    public void inputClosed() {
        events.add("inputClosed");
    }

    @Override
    public void secured(TlsSession tls) {
        events.add("secured " + tls.protocol());
    }

    @Override
    public void writable() {
        events.add("writable");
    }

    @Override
    public void expired() {
        events.add("expired");
    }

    @Override
    public void stop() {
        events.add("stop");
    }

    @Override
    public void closed(String why) {
        events.add("closed " + why);
    }
}
