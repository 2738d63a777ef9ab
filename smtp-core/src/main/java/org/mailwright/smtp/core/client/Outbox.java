package org.mailwright.smtp.core.client;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the octets of one turn, so that they leave in one write. */
final class Outbox {

    private static final byte[] NOTHING = new byte[0];

    private byte[] octets = NOTHING;
    private int length;

    /** Makes room for so many octets behind those that are there, in {@link #array} from {@link #length} on. */
    void room(int count) {
        int needed = Math.addExact(length, count);
        if (needed > octets.length) {
            octets = Arrays.copyOf(octets, length == 0 ? needed : Math.max(needed, 2 * octets.length));
        }
    }

    byte[] array() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Takes what was put into {@link #array} by hand. */
    void filledTo(int end) {
        length = end;
    }

    void add(byte[] more) {
        add(more, 0, more.length);
    }

    void add(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, octets, length, count);
        length += count;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Returns what is there, to be given away, and begins anew. */
    ByteBuffer take() {
        ByteBuffer full = ByteBuffer.wrap(octets, 0, length);
        octets = NOTHING;
        length = 0;
        return full;
    }
}
