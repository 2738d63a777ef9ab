package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.mailbox.FinalCopy;

/**
 * Turns a mail into what stands in an mbox file: line ends become LF, and a line of {@code From } with any number of
 * {@code >} before it gets one more (mboxrd), so that a reader can take it away again. One mail, one thread.
 */
final class MboxLines {
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 * 1024;

    private final FinalCopy.Target file;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private boolean pendingCr;
    private boolean lineStart = true;
    private int marks;
    private int matched;

    MboxLines(FinalCopy.Target file) {
        this.file = file;
    }

    /** Takes some octets of the mail. */
    void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            byte octet = octets.get();
            if (pendingCr && octet != '\n') {
                take((byte) '\r');
            }
            pendingCr = octet == '\r';
            if (!pendingCr) {
                take(octet);
            }
        }
    }

    /** Ends the last line, and adds the empty one that ends a mail. */
    void end() throws IOException {
        if (pendingCr) {
            take((byte) '\r');
            pendingCr = false;
        }
        boolean inLine = !lineStart || marks > 0 || matched > 0;
        if (lineStart) {
            release();
        }
        if (inLine) {
            put((byte) '\n');
        }
        put((byte) '\n');
        flush();
    }

    private void take(byte octet) throws IOException {
        if (lineStart) {
            if (octet == '>' && matched == 0) {
                marks++;
                return;
            }
            if (octet == FROM[matched]) {
                matched++;
                if (matched == FROM.length) {
                    marks++;
                    release();
                }
                return;
            }
            release();
        }
        put(octet);
        lineStart = octet == '\n';
    }

    /** Lets go what was held back to see what the line begins with. */
    private void release() throws IOException {
        for (; marks > 0; marks--) {
            put((byte) '>');
        }
        for (int i = 0; i < matched; i++) {
            put(FROM[i]);
        }
        matched = 0;
        lineStart = false;
    }

    private void put(byte octet) throws IOException {
        if (!out.hasRemaining()) {
            flush();
        }
        out.put(octet);
    }

    private void flush() throws IOException {
        file.write(out.flip());
        out.clear();
    }
}
