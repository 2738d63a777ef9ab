package org.mailwright.smtp.core.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the replies of one turn, so that they leave in one write. Keeps nothing between turns. */
final class Output {

    private byte @Nullable [] single;
    private byte[] joined = {};
    private int size;

    /** Adds the octets of a reply, which may be shared and are never changed. */
    void add(byte[] octets) {
        if (size == 0) {
            single = octets;
            size = octets.length;
            return;
        }
        byte[] first = single;
        if (first != null) {
            joined = Arrays.copyOf(first, Math.max(512, 2 * (size + octets.length)));
            single = null;
        } else if (joined.length - size < octets.length) {
            joined = Arrays.copyOf(joined, Math.max(2 * joined.length, size + octets.length));
        }
        System.arraycopy(octets, 0, joined, size, octets.length);
        size += octets.length;
    }

    int size() {
        return size;
    }

    /** Takes everything out. */
    ByteBuffer take() {
        byte[] all = single != null ? single : joined;
        ByteBuffer octets = ByteBuffer.wrap(all, 0, size);
        single = null;
        joined = new byte[0];
        size = 0;
        return octets;
    }
}
