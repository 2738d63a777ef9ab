package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.mailwright.smtp.queue.Message;

/** Reads a content that is in chunks, one at a time. */
final class PostgresChunks extends InputStream {

    /** Fetches a chunk. */
    @FunctionalInterface
    interface Fetch {
        /** Returns one chunk, or nothing when there is none of that number. */
        List<byte[]> chunk(int n) throws IOException;
    }

    private final Message message;
    private final Fetch fetch;
    private byte[] chunk = new byte[0];
    private int at;
    private int next;
    private long left;

    PostgresChunks(Message message, Fetch fetch) {
        this.message = message;
        this.fetch = fetch;
        this.left = message.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == chunk.length) {
            if (left <= 0) {
                return -1;
            }
            List<byte[]> found = fetch.chunk(next);
            if (found.isEmpty()) {
                throw new IOException("the content of mail " + message.id() + " lacks " + left + " octets");
            }
            next++;
            chunk = found.getFirst();
            at = 0;
            left -= chunk.length;
        }
        int some = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, some);
        at += some;
        return some;
    }
}
