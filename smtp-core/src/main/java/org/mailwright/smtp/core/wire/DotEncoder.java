package org.mailwright.smtp.core.wire;

/**
 * Makes content fit for the wire: every line end (CRLF, a lone LF, a lone CR) becomes CRLF, a dot at the start of a
 * line is doubled (RFC 5321 §4.5.2), a missing last line end is added. What comes out cannot end a mail early, whatever
 * goes in.
 *
 * @since 0.1.0
 */
public final class DotEncoder {

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final boolean dots;
    private boolean lineStart = true;
    private boolean afterCr;

    /** Makes an encoder for content that ends with a line of one dot. */
    public DotEncoder() {
        this(true);
    }

    /**
     * Makes an encoder.
     *
     * @param dots whether dots are doubled and {@link #end} adds the line with the dot; else only line ends are mended
     */
    public DotEncoder(boolean dots) {
        this.dots = dots;
    }

    /** Returns the octets that {@link #encode} may write at most for so many: twice as many, and one. */
    public static int worstCase(int count) {
        return Math.addExact(Math.multiplyExact(2, count), 1);
    }

    /**
     * Encodes some octets.
     *
     * @param in holds them
     * @param from index of the first
     * @param count how many
     * @param out takes what comes of them; needs room for {@link #worstCase}
     * @param at index of the first octet written
     * @return index behind the last octet written
     */
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        int end = from + count;
        int put = at;
        int copied = from;
        for (int i = from; i < end; i++) {
            byte octet = in[i];
            if (octet == LF) {
                put = copy(in, copied, i, out, put);
                copied = i + 1;
                if (!afterCr) {
                    out[put++] = CR;
                }
                out[put++] = LF;
                lineStart = true;
                afterCr = false;
                continue;
            }
            if (afterCr) {
                // The CR was alone; it was written already, in this call or the one before.
                put = copy(in, copied, i, out, put);
                copied = i;
                out[put++] = LF;
                lineStart = true;
                afterCr = false;
            }
            if (octet == CR) {
                afterCr = true;
                lineStart = false;
            } else {
                if (lineStart && octet == '.' && dots) {
                    put = copy(in, copied, i, out, put);
                    copied = i;
                    out[put++] = '.';
                }
                lineStart = false;
                i = LineEnds.next(in, i + 1, end) - 1;
            }
        }
        return copy(in, copied, end, out, put);
    }

    /**
     * Ends the content.
     *
     * @param out needs room for 5 octets
     * @return index behind the last octet written
     */
    public int end(byte[] out, int at) {
        int put = at;
        if (!lineStart) {
            if (!afterCr) {
                out[put++] = CR;
            }
            out[put++] = LF;
            lineStart = true;
            afterCr = false;
        }
        if (dots) {
            out[put++] = '.';
            out[put++] = CR;
            out[put++] = LF;
        }
        return put;
    }

    private static int copy(byte[] in, int from, int to, byte[] out, int at) {
        System.arraycopy(in, from, out, at, to - from);
        return at + to - from;
    }
}
