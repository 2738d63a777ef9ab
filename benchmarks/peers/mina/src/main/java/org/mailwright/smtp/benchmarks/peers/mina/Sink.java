package org.mailwright.smtp.benchmarks.peers.mina;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The least that a well-behaved client takes for an SMTP server: first letters of commands, and the end of a mail. */
final class Sink {

    private static final byte[] HELLO =
            "250-mina\r\n250-PIPELINING\r\n250 8BITMIME\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "250 2.0.0 Ok\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GO_AHEAD = "354 go ahead\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYE = "221 2.0.0 Bye\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int END = 5;
    private static final long MASK = 0xff_ffff_ffffL;
    private static final long DOT = 0x0d0a_2e0d_0aL; // CRLF . CRLF

    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(128);
    private int first;
    private long tail;
    private boolean data;
    private boolean quit;

    /** Takes what arrived, gives what to answer. */
    byte[] take(byte[] bytes, int from, int to) {
        replies.reset();
        int at = from;
        while (at < to && !quit) {
            at = data ? content(bytes, at, to) : command(bytes, at, to);
        }
        return replies.toByteArray();
    }

    boolean quit() {
        return quit;
    }

    private int command(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (first == 0) {
                first = bytes[i] & 0xdf;
            }
            if (bytes[i] == '\n') {
                answer(first);
                first = 0;
                return i + 1;
            }
        }
        return to;
    }

    private void answer(int verb) {
        switch (verb) {
            case 'E' -> replies.writeBytes(HELLO);
            case 'D' -> {
                replies.writeBytes(GO_AHEAD);
                data = true;
                tail = 0x0d0a;
            }
            case 'Q' -> {
                replies.writeBytes(BYE);
                quit = true;
            }
            default -> replies.writeBytes(OK);
        }
    }

    /** Looks at the last octets only: a client that waits for the reply sends nothing behind the end. */
    private int content(byte[] bytes, int from, int to) {
        for (int i = Math.max(from, to - END); i < to; i++) {
            tail = (tail << 8 | bytes[i] & 0xff) & MASK;
        }
        if (tail == DOT) {
            data = false;
            replies.writeBytes(OK);
        }
        return to;
    }
}
