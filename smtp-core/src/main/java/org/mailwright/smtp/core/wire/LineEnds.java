package org.mailwright.smtp.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through octets for the ends of lines, eight at a time.
 *
 * @since 0.1.0
 */
public final class LineEnds {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private LineEnds() {}

    /** Returns the index of the first CR or LF from {@code from} on, or {@code to} when there is none before. */
    public static int next(byte[] octets, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long eight = (long) LONGS.get(octets, at);
            long cr = eight ^ (ONES * '\r');
            long lf = eight ^ (ONES * '\n');
            long found = (((cr - ONES) & ~cr) | ((lf - ONES) & ~lf)) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && octets[at] != '\r' && octets[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Tells whether all octets are US-ASCII. */
    public static boolean ascii(byte[] octets) {
        long all = 0;
        int at = 0;
        for (; at + 8 <= octets.length; at += 8) {
            all |= (long) LONGS.get(octets, at);
        }
        for (; at < octets.length; at++) {
            all |= octets[at];
        }
        return (all & HIGHS) == 0;
    }
}
