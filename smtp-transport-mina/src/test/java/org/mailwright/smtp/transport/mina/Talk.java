package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/** A conversation in lines whose events a test waits for; answers ECHO, BYE and whatever a test adds. */
class Talk implements Conversation {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder rest = new StringBuilder();
    private final Lines lines;
    volatile @Nullable Transport transport;
    volatile @Nullable TlsSession agreed;

    Talk(Lines lines) {
        this.lines = lines;
    }

    Talk() {
        this((talk, line) -> {});
    }

    /** What a test does with a line. */
    interface Lines {
        void line(Talk talk, String line);
    }

    static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Transport link() {
        Transport known = transport;
        if (known == null) {
            throw new AssertionError("not opened");
        }
        return known;
    }

    void say(String line) {
        link().write(octets(line + "\r\n"));
    }

    String event() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    /** Waits for an event, passing over others. */
    String event(String prefix) throws InterruptedException {
        String event = event();
        while (!event.startsWith(prefix)) {
            event = event();
        }
        return event;
    }

    @Override
    public void opened(Transport link) {
        transport = link;
        events.add("opened");
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        rest.append(new String(octets, offset, length, StandardCharsets.ISO_8859_1));
        int end = rest.indexOf("\r\n");
        StringBuilder answers = new StringBuilder();
        while (end >= 0) {
            String line = rest.substring(0, end);
            rest.delete(0, end + 2);
            if (line.startsWith("ECHO ")) {
                answers.append(line, 5, line.length()).append("\r\n");
            } else if (line.equals("BYE")) {
                answers.append("bye\r\n");
                link().write(octets(answers.toString()));
                link().close();
                return;
            } else {
                events.add("line " + line);
                lines.line(this, line);
            }
            end = rest.indexOf("\r\n");
        }
        if (!answers.isEmpty()) {
            link().write(octets(answers.toString()));
        }
    }

    @Override
    public void inputClosed() {
        events.add("inputClosed");
        link().close();
    }

    @Override
    public void secured(TlsSession session) {
        agreed = session;
        events.add("secured");
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
        say("stopping");
        link().close();
    }

    @Override
    public void closed(String why) {
        events.add("closed " + why);
    }
}
