package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of a {@link Journal}. A record is a head of 16 octets (mark, length, checksum of the payload, checksum of
 * the head with segment and offset) and its payload. For one writer; any number of readers.
 */
final class Segment implements Closeable {

    static final int HEAD = 16;

    private static final int MARK = 0x4D574A31; // "MWJ1"
    private static final int LONGEST = 1 << 30;
    private static final int ZEROS = 1 << 16;

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private long allocated;

    private Segment(long number, Path file, FileChannel channel, long allocated) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.allocated = allocated;
    }

    static Segment create(long number, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(number, file, channel, channel.size());
    }

    static Segment open(long number, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Segment(number, file, channel, channel.size());
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private static int checksum(ByteBuffer octets) {
        CRC32C crc = new CRC32C();
        crc.update(octets);
        return (int) crc.getValue();
    }

    /** Puts the head of a record. */
    void head(ByteBuffer into, long offset, int length, int payloadChecksum) {
        into.putInt(MARK);
        into.putInt(length);
        into.putInt(payloadChecksum);
        into.putInt(headChecksum(offset, length, payloadChecksum));
    }

    private int headChecksum(long offset, int length, int payloadChecksum) {
        ByteBuffer all = ByteBuffer.allocate(24);
        all.putLong(number)
                .putLong(offset)
                .putInt(length)
                .putInt(payloadChecksum)
                .flip();
        return checksum(all);
    }

    void write(ByteBuffer octets, long offset) throws IOException {
        long at = offset;
        while (octets.hasRemaining()) {
            at += channel.write(octets, at);
        }
        allocated = Math.max(allocated, at);
    }

    /** Makes the file longer with zeros, so that writes up to the end change no metadata. */
    void allocate(long end) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
        while (allocated < end) {
            zeros.clear().limit((int) Math.min(ZEROS, end - allocated));
            allocated += channel.write(zeros, allocated);
        }
    }

    long allocated() {
        return allocated;
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Returns the payload of the record at an offset; empty when there is none, or it is damaged. */
    Optional<byte[]> read(long offset) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (!fill(head, offset)) {
            return Optional.empty();
        }
        int mark = head.getInt();
        int length = head.getInt();
        int payloadChecksum = head.getInt();
        if (mark != MARK
                || length < 0
                || length > LONGEST
                || head.getInt() != headChecksum(offset, length, payloadChecksum)) {
            return Optional.empty();
        }
        byte[] payload = new byte[length];
        boolean whole =
                fill(ByteBuffer.wrap(payload), offset + HEAD) && checksum(ByteBuffer.wrap(payload)) == payloadChecksum;
        return whole ? Optional.of(payload) : Optional.empty();
    }

    private boolean fill(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        into.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
