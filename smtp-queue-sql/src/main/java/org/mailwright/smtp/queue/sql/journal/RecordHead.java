package org.mailwright.smtp.queue.sql.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before the payload of a record: mark, length, checksum of the payload, and a checksum of these with
 * segment and offset, so that a head is one only where it was written.
 *
 * @param length octets of the payload
 * @param checksum of the payload
 */
record RecordHead(int length, int checksum) {

    static final int SIZE = 16;
    static final int MARK = 0x4D574A31; // "MWJ1"
    static final byte FIRST = 'M';

    private static final int LONGEST = 1 << 30;

    /** Returns the octets of the head of a record that will be there. */
    ByteBuffer octets(long segment, long offset) {
        return ByteBuffer.allocate(SIZE)
                .putInt(MARK)
                .putInt(length)
                .putInt(checksum)
                .putInt(own(segment, offset))
                .flip();
    }

    private int own(long segment, long offset) {
        return checksum(ByteBuffer.allocate(24)
                .putLong(segment)
                .putLong(offset)
                .putInt(length)
                .putInt(checksum)
                .flip());
    }

    static int checksum(ByteBuffer octets) {
        CRC32C crc = new CRC32C();
        crc.update(octets);
        return (int) crc.getValue();
    }

    /** Reads the head of the record that is there; empty when there is none, or it is damaged. */
    static Optional<RecordHead> read(ByteBuffer from, long segment, long offset) {
        if (from.remaining() < SIZE) {
            return Optional.empty();
        }
        int mark = from.getInt();
        RecordHead head = new RecordHead(from.getInt(), from.getInt());
        boolean whole = mark == MARK
                && head.length >= 0
                && head.length <= LONGEST
                && from.getInt() == head.own(segment, offset);
        return whole ? Optional.of(head) : Optional.empty();
    }
}
