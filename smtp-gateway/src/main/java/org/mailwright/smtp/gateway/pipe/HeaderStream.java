package org.mailwright.smtp.gateway.pipe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first octets of a stream. */
final class HeaderStream extends FilterInputStream {
    private int left;

    HeaderStream(InputStream in, int most) {
        super(in);
        left = most;
    }

    @Override
    public int read() throws IOException {
        return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int count = left > 0 ? super.read(octets, offset, Math.min(length, left)) : -1;
        left -= Math.max(count, 0);
        return count;
    }
}
