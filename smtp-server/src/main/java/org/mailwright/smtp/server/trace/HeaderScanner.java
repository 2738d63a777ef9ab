package org.mailwright.smtp.server.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the names of header fields as a mail streams by, and finds where the header ends. Keeps no more than the
 * longest name that anyone asks for.
 */
final class HeaderScanner {

    /** Hears of the fields. */
    interface Listener {
        /** A field begins. */
        void field(String name);
    }

    private static final int LONGEST_NAME = 32;

    private final Listener listener;
    private final byte[] name = new byte[LONGEST_NAME];
    private int length;
    private boolean inName = true;
    private boolean lineStart = true;
    private boolean ended;
    private boolean field;
    private boolean broken;

    HeaderScanner(Listener listener) {
        this.listener = listener;
    }

    boolean ended() {
        return ended;
    }

    /** Tells whether the header ended with a line that is no field, where an empty line was due. */
    boolean broken() {
        return broken;
    }

    /**
     * Reads on.
     *
     * @return how many octets belong to the header; when it has ended, the empty line or the body begins behind them
     */
    int scan(ByteBuffer octets) {
        int start = octets.position();
        for (int at = start; at < octets.limit(); at++) {
            byte octet = octets.get(at);
            if (lineStart) {
                if (octet == '\r') {
                    ended = true;
                    return at - start;
                }
                lineStart = false;
                length = 0;
                inName = octet != ' ' && octet != '\t';
                field = !inName;
            }
            if (octet == '\n') {
                lineStart = true;
                if (!field) {
                    broken = true;
                    ended = true;
                    return octets.limit() - start;
                }
            } else {
                field |= octet == ':';
                if (inName) {
                    name(octet);
                }
            }
        }
        return octets.limit() - start;
    }

    private void name(byte octet) {
        if (octet == ':') {
            inName = false;
            listener.field(new String(name, 0, length, StandardCharsets.ISO_8859_1)
                    .strip()
                    .toLowerCase(Locale.ROOT));
        } else if (length < LONGEST_NAME) {
            name[length++] = octet;
        } else {
            inName = false; // longer than any name that matters
        }
    }
}
