package org.mailwright.smtp.gateway.bsmtp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A batch, line by line and long lines in pieces; LF alone counts as a line end and becomes CRLF. */
final class BatchInput {
    private static final int LONGEST_PIECE = 8192;

    private final InputStream in;
    private final byte[] octets = new byte[LONGEST_PIECE + 2];
    private int length;
    private boolean begins;
    private boolean ends = true;
    private boolean afterCr;

    BatchInput(InputStream in) {
        this.in = new BufferedInputStream(in, LONGEST_PIECE);
    }

    /** Goes to the next piece; returns false at the end of the input. */
    boolean next() throws IOException {
        begins = ends;
        ends = false;
        length = 0;
        while (!ends && length < LONGEST_PIECE) {
            int octet = in.read();
            if (octet < 0) {
                return length > 0;
            }
            if (octet == '\n' && !afterCr) {
                octets[length++] = '\r';
            }
            octets[length++] = (byte) octet;
            ends = octet == '\n';
            afterCr = octet == '\r';
        }
        return true;
    }

    /** Returns the octets of the piece, the line end included. */
    byte[] piece() {
        return Arrays.copyOf(octets, length);
    }

    /** Tells whether the line ends with this piece. */
    boolean ends() {
        return ends;
    }

    /** Tells whether it is the line that ends a content. */
    boolean isDot() {
        return begins && ends && length == 3 && octets[0] == '.';
    }

    /** Returns the piece as text without its line end, one char per octet. */
    String text() {
        return new String(octets, 0, ends ? length - 2 : length, StandardCharsets.ISO_8859_1);
    }

    /** Returns up to so many octets as they are; none at the end of the input. */
    byte[] raw(long most) throws IOException {
        return in.readNBytes((int) Math.min(most, LONGEST_PIECE));
    }
}
