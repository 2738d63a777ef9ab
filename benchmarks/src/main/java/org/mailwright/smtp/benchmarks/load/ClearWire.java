package org.mailwright.smtp.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class ClearWire implements Wire {

    private static final ByteBuffer[] NOTHING = {};

    private final SocketChannel channel;
    private final ByteBuffer in;
    private ByteBuffer[] waiting = NOTHING;
    private int first;

    /**
     * A wire over a connected, non-blocking channel.
     *
     * @param in a direct buffer that all wires of one thread share: nothing stays in it between reads
     */
    ClearWire(SocketChannel channel, ByteBuffer in) {
        this.channel = channel;
        this.in = in;
    }

    @Override
    public ByteBuffer read() throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            throw new EOFException("closed by the server");
        }
        return in.flip();
    }

    @Override
    public void write(ByteBuffer... bytes) throws IOException {
        if (first < waiting.length) {
            throw new IOException("the script wrote before the last write had gone");
        }
        waiting = bytes;
        first = 0;
        flush();
    }

    @Override
    public boolean flush() throws IOException {
        while (first < waiting.length) {
            long sent = channel.write(waiting, first, waiting.length - first);
            while (first < waiting.length && !waiting[first].hasRemaining()) {
                first++;
            }
            if (sent == 0) {
                return first == waiting.length;
            }
        }
        waiting = NOTHING;
        first = 0;
        return true;
    }

    @Override
    public boolean ready() {
        return true;
    }
}
