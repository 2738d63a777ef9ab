package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;

/** Records of TLS from outside (RFC 8446 §5.1): enough to know clear text and parts of a record. */
final class TlsRecord {
    /** Alerts of RFC 8446 §6.2. */
    static final int UNEXPECTED_MESSAGE = 10;

    static final int HANDSHAKE_FAILURE = 40;

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;
    private static final int HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int MOST = (1 << 14) + 2048;

    private TlsRecord() {}

    /** Tells whether octets can be the begin of a handshake. */
    static boolean isHandshake(ByteBuffer octets) {
        return octets.get(octets.position()) == HANDSHAKE;
    }

    /** Tells whether a whole record is there, or one that is too long to wait for. */
    static boolean isWhole(ByteBuffer octets) {
        if (octets.remaining() < HEADER) {
            return false;
        }
        int length = octets.getShort(octets.position() + 3) & 0xFFFF;
        return length > MOST || octets.remaining() >= HEADER + length;
    }

    /** Returns a fatal alert in clear, for a peer that was not answered before. */
    static ByteBuffer alert(int description) {
        return ByteBuffer.wrap(new byte[] {ALERT, 3, 3, 0, 2, FATAL, (byte) description});
    }

    /** Returns the octets that follow others, copied when there are others. */
    static ByteBuffer joined(ByteBuffer before, ByteBuffer octets) {
        if (!before.hasRemaining()) {
            return octets;
        }
        return ByteBuffer.allocate(before.remaining() + octets.remaining())
                .put(before)
                .put(octets)
                .flip();
    }

    /** Returns a copy of exactly what is left. */
    static ByteBuffer copy(ByteBuffer octets) {
        return ByteBuffer.allocate(octets.remaining()).put(octets).flip();
    }
}
