package org.mailwright.smtp.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that follow a 354: one mail of an exact size and the final dot, made once and sent by every session.
 *
 * <p>A large mail is a short head and the same block again and again, so that a mail of any size costs the generator at
 * most one block of memory.
 */
final class Payload {

    private static final String HEAD = "From: <load@example.test>\r\nSubject: load\r\n\r\n";
    private static final int LINE = 64;
    private static final int BLOCK = 1 << 20;
    private static final byte[] DOT = {'.', '\r', '\n'};

    private final ByteBuffer head;
    private final ByteBuffer block;
    private final long blocks;

    /** Prepares a mail of {@code size} octets, which must be more than its own header section. */
    Payload(long size) {
        byte[] header = HEAD.getBytes(StandardCharsets.US_ASCII);
        long text = size - header.length;
        if (text < 4) {
            throw new IllegalArgumentException("size must be at least " + (header.length + 4) + ", not " + size);
        }
        // What is left over goes into the head; a rest too short for a line takes one whole block with it.
        boolean tooShort = text > BLOCK && text % BLOCK > 0 && text % BLOCK < 4;
        blocks = text / BLOCK - (tooShort ? 1 : 0);
        int rest = Math.toIntExact(text - blocks * BLOCK);
        ByteBuffer first = ByteBuffer.allocateDirect(header.length + rest + (blocks == 0 ? DOT.length : 0));
        first.put(header);
        fill(first, rest);
        if (blocks == 0) {
            first.put(DOT);
        }
        head = first.flip();
        ByteBuffer body = ByteBuffer.allocateDirect(blocks == 0 ? 0 : BLOCK);
        fill(body, body.capacity());
        block = body.flip();
    }

    /** The buffers to write, in order; fresh views each time, the bytes behind them are shared. */
    ByteBuffer[] buffers() {
        if (blocks == 0) {
            return new ByteBuffer[] {head.duplicate()};
        }
        ByteBuffer[] all = new ByteBuffer[Math.toIntExact(blocks) + 2];
        all[0] = head.duplicate();
        for (int i = 1; i <= blocks; i++) {
            all[i] = block.duplicate();
        }
        all[all.length - 1] = ByteBuffer.wrap(DOT);
        return all;
    }

    /** Lines of 64 octets; the last takes what is left, so that {@code count} octets end in CRLF. */
    private static void fill(ByteBuffer into, int count) {
        int left = count;
        while (left > 0) {
            int line = left < LINE + 4 ? left : LINE;
            for (int i = 0; i < line - 2; i++) {
                into.put((byte) ('a' + i % 26));
            }
            into.put((byte) '\r').put((byte) '\n');
            left -= line;
        }
    }
}
