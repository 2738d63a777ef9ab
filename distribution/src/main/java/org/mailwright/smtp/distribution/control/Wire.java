package org.mailwright.smtp.distribution.control;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lines over a socket, with a bound on their length and on the time that they take. For one thread at a time. */
final class Wire implements Closeable {
    private static final int BUFFER = 16 << 10;

    private final SocketChannel channel;
    private final Alarms alarms;
    private final int longest;
    private final Duration toRead;
    private final Duration toWrite;
    private final AtomicBoolean late = new AtomicBoolean();
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);

    /**
     * A wire over a connected socket.
     *
     * @param longest octets of a line that is read, without its end
     * @param toRead how long to wait for a whole line
     * @param toWrite how long to wait until the peer takes something
     */
    Wire(SocketChannel channel, Alarms alarms, int longest, Duration toRead, Duration toWrite) {
        this.channel = channel;
        this.alarms = alarms;
        this.longest = longest;
        this.toRead = toRead;
        this.toWrite = toWrite;
    }

    /** Something that blocks until it is done or the channel is closed. */
    private interface Blocking<T> {
        T call() throws IOException;
    }

    private <T> T within(Duration time, String what, Blocking<T> blocking) throws IOException {
        Future<?> alarm = alarms.after(time, this::giveUp);
        try {
            return blocking.call();
        } catch (ClosedChannelException e) {
            if (late.get()) {
                SocketTimeoutException timeout = new SocketTimeoutException(what + " for " + time.toSeconds() + " s");
                timeout.initCause(e);
                throw timeout;
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private void giveUp() {
        late.set(true);
        try {
            channel.close();
        } catch (IOException ignored) {
            // whoever waits for it hears of it
        }
    }

    /**
     * Reads a line.
     *
     * @return empty when the peer ended in good order
     */
    Optional<String> read() throws IOException {
        // what is there already needs no alarm
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        return taken(line) || within(toRead, "nothing came", () -> more(line))
                ? Optional.of(line.toString(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean more(ByteArrayOutputStream line) throws IOException {
        do {
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                if (line.size() > 0) {
                    throw new EOFException("the peer ended within a line");
                }
                return false;
            }
        } while (!taken(line));
        return true;
    }

    /** Takes octets up to the end of the line; tells whether it was there. */
    private boolean taken(ByteArrayOutputStream line) throws ProtocolException {
        int from = in.position();
        int end = from;
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        if (end - from > longest - line.size()) {
            throw new ProtocolException("a line of more than " + longest + " octets");
        }
        line.write(in.array(), from, end - from);
        boolean whole = end < in.limit();
        in.position(whole ? end + 1 : end);
        return whole;
    }

    /** Reads as many octets of text as a line has announced. */
    String read(int octets) throws IOException {
        if (octets < 0 || octets > longest) {
            throw new ProtocolException("a text of " + octets + " octets, where at most " + longest + " are taken");
        }
        ByteBuffer text = ByteBuffer.allocate(octets);
        int there = Math.min(octets, in.remaining());
        text.put(in.slice(in.position(), there));
        in.position(in.position() + there);
        if (text.hasRemaining() && !within(toRead, "not all came", () -> all(text))) {
            throw new EOFException("the peer ended within a text");
        }
        return new String(text.array(), StandardCharsets.UTF_8);
    }

    private boolean all(ByteBuffer text) throws IOException {
        int count = 0;
        while (text.hasRemaining() && count >= 0) {
            count = channel.read(text);
        }
        return !text.hasRemaining();
    }

    /** Writes a line; it goes out with {@link #flush} at the latest. */
    void write(String line) throws IOException {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text that may have many lines: what it is and how many octets it has, in a line, and then these. */
    void write(String what, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        write(what + " " + octets.length);
        write(octets);
    }

    private void write(byte[] whole) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(whole);
        while (octets.hasRemaining()) {
            if (!out.hasRemaining()) {
                flush();
            }
            int count = Math.min(out.remaining(), octets.remaining());
            out.put(octets.slice(octets.position(), count));
            octets.position(octets.position() + count);
        }
    }

    void flush() throws IOException {
        out.flip();
        try {
            while (out.hasRemaining()) {
                within(toWrite, "nothing was taken", () -> channel.write(out));
            }
        } finally {
            out.clear();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
