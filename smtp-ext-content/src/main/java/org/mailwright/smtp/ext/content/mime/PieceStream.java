package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream that is made piece by piece. */
abstract class PieceStream extends InputStream {

    static final byte[] NOTHING = {};

    private byte[] current = NOTHING;
    private int at;
    private boolean ended;

    /** Returns the next piece; empty at the end. */
    abstract byte[] piece() throws IOException;

    @Override
    public int read() throws IOException {
        return ready() ? current[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, into.length);
        if (count == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int got = Math.min(count, current.length - at);
        System.arraycopy(current, at, into, from, got);
        at += got;
        return got;
    }

    private boolean ready() throws IOException {
        if (at == current.length && !ended) {
            current = piece();
            at = 0;
            ended = current.length == 0;
        }
        return at < current.length;
    }
}
