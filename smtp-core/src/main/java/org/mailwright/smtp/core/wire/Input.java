package org.mailwright.smtp.core.wire;

import java.util.Arrays;

/**
 * Octets that have come and are not yet used. Borrows the array it is given until {@link #retain}, so that what is used
 * at once is never copied, and an idle connection keeps nothing.
 *
 * @since 0.1.0
 */
public final class Input {

    private static final byte[] NONE = new byte[0];

    private byte[] octets = NONE;
    private int from;
    private int to;
    private boolean borrowed;

    /** Adds octets behind those that are left. The array may be changed by its owner only after {@link #retain}. */
    public void add(byte[] more, int offset, int length) {
        if (from == to) {
            octets = more;
            from = offset;
            to = offset + length;
            borrowed = true;
            return;
        }
        byte[] joined = new byte[to - from + length];
        System.arraycopy(octets, from, joined, 0, to - from);
        System.arraycopy(more, offset, joined, to - from, length);
        octets = joined;
        from = 0;
        to = joined.length;
        borrowed = false;
    }

    /** Gives a borrowed array back: copies what is left, if anything. */
    public void retain() {
        if (from == to) {
            clear();
        } else if (borrowed || octets.length > 2 * (to - from) + 64) {
            octets = Arrays.copyOfRange(octets, from, to);
            to -= from;
            from = 0;
            borrowed = false;
        }
    }

    /** Drops everything. */
    public void clear() {
        octets = NONE;
        from = 0;
        to = 0;
        borrowed = false;
    }

    /** Returns the array in which the octets lie, from {@link #from()} to {@link #to()}. */
    public byte[] octets() {
        return octets;
    }

    /** Returns the index of the first octet. */
    public int from() {
        return from;
    }

    /** Returns the index behind the last octet. */
    public int to() {
        return to;
    }

    /** Returns how many octets are left. */
    public int size() {
        return to - from;
    }

    /** Tells whether nothing is left. */
    public boolean isEmpty() {
        return from == to;
    }

    /** Uses up everything before an index between {@link #from()} and {@link #to()}. */
    public void consumeTo(int index) {
        if (index < from || index > to) {
            throw new IndexOutOfBoundsException(index);
        }
        from = index;
    }
}
