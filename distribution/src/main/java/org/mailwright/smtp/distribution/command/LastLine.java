package org.mailwright.smtp.distribution.command;

import java.nio.charset.StandardCharsets;

/** The last whole line of what one end of a connection has said; of a long one the beginning. */
final class LastLine {
    private static final int MOST = 200;

    private final byte[] begun = new byte[MOST];
    private int length;
    private volatile String line = "";

    /** Takes what was said, as it comes. */
    void add(byte[] octets, int offset, int count) {
        for (int at = offset; at < offset + count; at++) {
            if (octets[at] == '\n') {
                line = new String(begun, 0, length, StandardCharsets.UTF_8).strip();
                length = 0;
            } else if (length < MOST) {
                begun[length++] = octets[at];
            }
        }
    }

    /** Returns it, without its end. May be called from any thread. */
    String text() {
        return line;
    }
}
