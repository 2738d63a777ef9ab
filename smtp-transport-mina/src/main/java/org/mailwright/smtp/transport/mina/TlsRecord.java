package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;

/** The outside of a TLS record (RFC 8446 §5.1): enough to know clear text and parts of a record. */
final class TlsRecord {
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

    /** Returns the fatal alert unexpected_message, for a peer that speaks no TLS. */
    static ByteBuffer unexpectedMessage() {
        return ByteBuffer.wrap(new byte[] {21, 3, 3, 0, 2, 2, 10});
    }
}
