package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One file of a {@link Journal}. A record is a head of 16 octets (mark, length, checksum of the payload, checksum of
 * the head with segment and offset) and its payload. For one writer; any number of readers.
 */
final class Segment implements Closeable {

    static final int HEAD = 16;

    private static final int MARK = 0x4D574A31; // "MWJ1"
    private static final byte FIRST = 'M';
    private static final int LONGEST = 1 << 30;
    private static final int ZEROS = 1 << 16;
    /** Octets that are looked through at a time for the next record. */
    private static final int PIECE = 1 << 18;
    /** Octets of a record before those that are asked for, usually at most: what is known of one mail. */
    private static final int AROUND = 1024;

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

    /** The head of a record, as it was read. */
    private record Head(int length, int checksum) {}

    private Optional<Head> head(ByteBuffer from, long offset) {
        int mark = from.getInt();
        int length = from.getInt();
        int payloadChecksum = from.getInt();
        boolean whole = mark == MARK
                && length >= 0
                && length <= LONGEST
                && from.getInt() == headChecksum(offset, length, payloadChecksum);
        return whole ? Optional.of(new Head(length, payloadChecksum)) : Optional.empty();
    }

    /** Returns the payload of the record at an offset; empty when there is none, or it is damaged. */
    Optional<byte[]> read(long offset) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(HEAD);
        if (!fill(start, offset)) {
            return Optional.empty();
        }
        Optional<Head> head = head(start, offset);
        // no array for what cannot be there: the file may have been cut off
        if (head.isEmpty() || offset + HEAD + head.get().length() > channel.size()) {
            return Optional.empty();
        }
        byte[] payload = new byte[head.get().length()];
        boolean whole = fill(ByteBuffer.wrap(payload), offset + HEAD)
                && checksum(ByteBuffer.wrap(payload)) == head.get().checksum();
        return whole ? Optional.of(payload) : Optional.empty();
    }

    /**
     * Returns the last octets of the payload of the record at an offset; empty when there is none, or it is damaged or
     * shorter. Where it fits, it is read at once: nobody knows its length before, but most are not much longer.
     *
     * @param buffer for what is read
     */
    Optional<byte[]> readEnd(long offset, int octets, ByteBuffer buffer) throws IOException {
        if ((long) HEAD + octets > buffer.capacity()) {
            return read(offset).flatMap(payload -> end(payload, octets));
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), (long) HEAD + octets + AROUND));
        fill(buffer, offset);
        Optional<Head> head = buffer.limit() < HEAD ? Optional.empty() : head(buffer, offset);
        if (head.isEmpty() || head.get().length() < octets) {
            return Optional.empty();
        }
        int length = head.get().length();
        if (length > buffer.remaining()) {
            return read(offset).flatMap(payload -> end(payload, octets));
        }
        if (checksum(buffer.slice(HEAD, length)) != head.get().checksum()) {
            return Optional.empty();
        }
        byte[] end = new byte[octets];
        buffer.get(HEAD + length - octets, end);
        return Optional.of(end);
    }

    private static Optional<byte[]> end(byte[] payload, int octets) {
        return payload.length < octets
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(payload, payload.length - octets, payload.length));
    }

    /**
     * Looks for the next whole record behind one that is not whole. Where a head is good its length is, too, and the
     * payload is passed over: only somebody else's octets are in it.
     *
     * @param damaged offset of the one that is not whole
     * @return where the next one is; empty when none follows, as behind the last batch
     */
    OptionalLong nextWhole(long damaged) throws IOException {
        OptionalLong at = nextHead(behind(damaged));
        while (at.isPresent() && read(at.getAsLong()).isEmpty()) {
            at = nextHead(behind(at.getAsLong()));
        }
        return at;
    }

    /** Where the next head may be at the earliest. */
    private long behind(long offset) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(HEAD);
        Optional<Head> head = fill(start, offset) ? head(start, offset) : Optional.empty();
        return head.map(good -> offset + HEAD + good.length()).orElse(offset + 1);
    }

    private OptionalLong nextHead(long from) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = from; at < channel.size(); at += PIECE - HEAD + 1) {
            fill(piece.clear(), at);
            for (int i = 0; i <= piece.limit() - HEAD; i++) {
                if (piece.get(i) == FIRST
                        && piece.getInt(i) == MARK
                        && head(piece.slice(i, HEAD), at + i).isPresent()) {
                    return OptionalLong.of(at + i);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Fills a buffer, and turns it over; tells whether there was enough. */
    private boolean fill(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        for (int count = 0; into.hasRemaining() && count >= 0; at += count) {
            count = channel.read(into, at);
        }
        boolean full = !into.hasRemaining();
        into.flip();
        return full;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
