package org.mailwright.smtp.mailbox;

import java.nio.ByteBuffer;

/**
 * Turns the line ends of the wire (CRLF) into those of a Maildir (LF), piece by piece.
 *
 * <p>Every other octet is kept, also a CR that no LF follows. Not safe for use by several threads at once.
 */
final class LineEnds {
    private boolean pendingCr;

    /**
     * Converts one piece. The target needs room for one octet more than the source has.
     *
     * @param source consumed to its limit
     * @param target what the piece becomes is put here
     */
    void convert(ByteBuffer source, ByteBuffer target) {
        while (source.hasRemaining()) {
            byte octet = source.get();
            if (pendingCr && octet != '\n') {
                target.put((byte) '\r');
            }
            pendingCr = octet == '\r';
            if (!pendingCr) {
                target.put(octet);
            }
        }
    }

    /** Puts what was held back at the end of the mail. */
    void end(ByteBuffer target) {
        if (pendingCr) {
            target.put((byte) '\r');
            pendingCr = false;
        }
    }
}
