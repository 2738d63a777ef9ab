package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a {@link Journal}: records of a {@link RecordHead} and a payload, one behind the other. For one writer,
 * which writes whole blocks, and any number of readers.
 */
final class Segment implements Closeable {

    /** Octets that are looked through at a time for the next record. */
    private static final int SCANNED = 1 << 18;
    /** Octets of a record before those that are asked for, usually at most: what is known of one mail. */
    private static final int AROUND = 1024;

    /** Where octets of a segment come from. */
    @FunctionalInterface
    interface Source {
        /** Fills a buffer as far as the file goes, and turns it over; tells whether there was enough. */
        boolean fill(Segment segment, ByteBuffer into, long offset) throws IOException;
    }

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private final Optional<FileChannel> direct;
    private long allocated;

    private Segment(long number, Path file, FileChannel channel, Optional<FileChannel> direct, long allocated) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.direct = direct;
        this.allocated = allocated;
    }

    static Segment create(long number, Path file, Blocks blocks) throws IOException {
        FileChannel channel = blocks.open(file);
        return new Segment(number, file, channel, Optional.empty(), blocks.floor(Files.size(file)));
    }

    static Segment open(long number, Path file, Blocks blocks) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Segment(number, file, channel, blocks.reader(file), 0);
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    boolean isOpen() {
        return channel.isOpen() && direct.map(FileChannel::isOpen).orElse(true);
    }

    /** Tells whether {@link #readBlocks} can be used. */
    boolean readsBlocks() {
        return direct.isPresent();
    }

    /**
     * Reads whole blocks past the page cache.
     *
     * @return octets that were there
     */
    int readBlocks(ByteBuffer into, long offset) throws IOException {
        return Math.max(0, direct.orElseThrow().read(into, offset));
    }

    /** Writes whole blocks. */
    void write(ByteBuffer octets, long offset) throws IOException {
        long at = offset;
        while (octets.hasRemaining()) {
            at += channel.write(octets, at);
        }
        allocated = Math.max(allocated, at);
    }

    /**
     * Makes the file longer, so that writes up to the end change no metadata.
     *
     * @param end of a block
     * @param zeros whole blocks
     */
    void allocate(long end, ByteBuffer zeros) throws IOException {
        while (allocated < end) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), end - allocated));
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
        ByteBuffer start = ByteBuffer.allocate(RecordHead.SIZE);
        if (!fill(start, offset)) {
            return Optional.empty();
        }
        Optional<RecordHead> head = RecordHead.read(start, number, offset);
        // no array for what cannot be there: the file may have been cut off
        if (head.isEmpty() || offset + RecordHead.SIZE + head.get().length() > channel.size()) {
            return Optional.empty();
        }
        byte[] payload = new byte[head.get().length()];
        boolean whole = fill(ByteBuffer.wrap(payload), offset + RecordHead.SIZE)
                && RecordHead.checksum(ByteBuffer.wrap(payload)) == head.get().checksum();
        return whole ? Optional.of(payload) : Optional.empty();
    }

    /**
     * Returns the last octets of the payload of the record at an offset; empty when there is none, or it is damaged or
     * shorter. Where it fits, it is read at once: nobody knows its length before, but most are not much longer.
     *
     * @param buffer for what is read
     * @param source where it is read from
     */
    Optional<byte[]> readEnd(long offset, int octets, ByteBuffer buffer, Source source) throws IOException {
        if ((long) RecordHead.SIZE + octets > buffer.capacity()) {
            return read(offset).flatMap(payload -> end(payload, octets));
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), (long) RecordHead.SIZE + octets + AROUND));
        source.fill(this, buffer, offset);
        Optional<RecordHead> head = RecordHead.read(buffer, number, offset);
        if (head.isEmpty() || head.get().length() < octets) {
            return Optional.empty();
        }
        int length = head.get().length();
        if (length > buffer.remaining()) {
            return read(offset).flatMap(payload -> end(payload, octets));
        }
        if (RecordHead.checksum(buffer.slice(RecordHead.SIZE, length))
                != head.get().checksum()) {
            return Optional.empty();
        }
        byte[] end = new byte[octets];
        buffer.get(RecordHead.SIZE + length - octets, end);
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
        ByteBuffer start = ByteBuffer.allocate(RecordHead.SIZE);
        Optional<RecordHead> head = fill(start, offset) ? RecordHead.read(start, number, offset) : Optional.empty();
        return head.map(good -> offset + RecordHead.SIZE + good.length()).orElse(offset + 1);
    }

    private OptionalLong nextHead(long from) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(SCANNED);
        for (long at = from; at < channel.size(); at += SCANNED - RecordHead.SIZE + 1) {
            fill(piece.clear(), at);
            for (int i = 0; i <= piece.limit() - RecordHead.SIZE; i++) {
                if (piece.get(i) == RecordHead.FIRST
                        && piece.getInt(i) == RecordHead.MARK
                        && RecordHead.read(piece.slice(i, RecordHead.SIZE), number, at + i)
                                .isPresent()) {
                    return OptionalLong.of(at + i);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Fills a buffer, and turns it over; tells whether there was enough. */
    boolean fill(ByteBuffer into, long offset) throws IOException {
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
        try {
            channel.close();
        } finally {
            if (direct.isPresent()) {
                direct.get().close();
            }
        }
    }
}
