package org.mailwright.smtp.ext.content.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Looks at the octets that are read through it. */
final class Octets extends FilterInputStream {

    private static final int LONGEST_LINE = 998;

    private final Target target;
    private final boolean lines;
    private long total;
    private long eightBit;
    private long unprintable;
    private boolean odd;
    private int before;
    private long lineLength;

    /**
     * Looks at octets.
     *
     * @param lines whether they are lines: then bare CR and LF are mended on the way, and long lines are let be
     */
    Octets(InputStream in, Target target, boolean lines) {
        super(in);
        this.target = target;
        this.lines = lines;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        int got = super.read(into, from, count);
        for (int i = from; i < from + got; i++) {
            look(into[i]);
        }
        total += Math.max(got, 0);
        return got;
    }

    private void look(int octet) {
        if (octet < 0) {
            eightBit++;
        } else if (octet < ' ') {
            unprintable += octet == '\t' || octet == '\r' || octet == '\n' ? 0 : 1;
        }
        if (!lines) {
            boolean bare = (octet == '\n') != (before == '\r');
            odd |= bare || octet == 0 || ++lineLength > LONGEST_LINE + 2;
            lineLength = octet == '\n' ? 0 : lineLength;
        }
        before = octet;
    }

    /** Reads all that is left. */
    Octets drained() throws IOException {
        byte[] room = new byte[8192];
        while (read(room, 0, room.length) >= 0) {
            // each octet was looked at
        }
        return this;
    }

    /** Tells whether what was read does not fit, were it to end here. */
    boolean misfit() {
        return misfitSoFar() || (!lines && before == '\r');
    }

    /** Tells whether what was read does not fit, whatever follows. */
    boolean misfitSoFar() {
        return odd || (eightBit > 0 && target == Target.SEVEN_BIT);
    }

    /** Tells whether most of it can be read by people when it is quoted. */
    boolean mostlyAscii() {
        return (eightBit + unprintable) * 3 <= total;
    }
}
