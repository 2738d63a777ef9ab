package org.mailwright.smtp.queue.sql.journal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The octets that were appended last, in a ring: from here they are written, in whole blocks, and here they are found
 * by those who read them soon, as nearly each mail is. Its memory is taken when it is first needed.
 *
 * <p>For one writer. Readers go on beside it, without a lock: who meets octets that are being replaced notices, and
 * reads the file.
 */
final class Recent {

    private static final int CHUNK = 1 << 20;

    private final Blocks blocks;
    private final AtomicReferenceArray<@Nullable ByteBuffer> chunks;
    /** Where the segments that are still here begin in the stream of all octets. */
    private final ConcurrentSkipListMap<Long, Long> origins = new ConcurrentSkipListMap<>();

    private long origin;
    private long end;
    private long written;
    /** Up to here octets may be replacing older ones at this moment. */
    private volatile long replacing;

    /**
     * Makes one.
     *
     * @param size octets that are kept, at least
     */
    Recent(Blocks blocks, int size) {
        this.blocks = blocks;
        this.chunks = new AtomicReferenceArray<>((size + CHUNK - 1) / CHUNK);
    }

    private long size() {
        return (long) chunks.length() * CHUNK;
    }

    private int chunk(long at) {
        return (int) (at / CHUNK % chunks.length());
    }

    /** Begins a segment; what was not flushed before is given up. */
    void begin(long segment) {
        origin = blocks.ceiling(end);
        end = origin;
        written = origin;
        origins.put(segment, origin);
        long oldest = end - size();
        Map.Entry<Long, Long> first = origins.firstEntry();
        for (Map.Entry<Long, Long> next = origins.higherEntry(first.getKey());
                next != null && next.getValue() <= oldest;
                next = origins.higherEntry(next.getKey())) {
            origins.remove(first.getKey());
            first = next;
        }
    }

    /** Finds no more records of a segment. */
    void forget(long segment) {
        origins.remove(segment);
    }

    /** Returns where the next octet will be in the segment. */
    long offset() {
        return end - origin;
    }

    /** Puts octets behind those before; some may be written at once. */
    void put(ByteBuffer octets, Segment segment) throws IOException {
        while (octets.hasRemaining()) {
            int at = (int) (end % CHUNK);
            int count = Math.min(octets.remaining(), CHUNK - at);
            ByteBuffer chunk = writable(end);
            replace(end + count);
            chunk.put(at, octets, octets.position(), count);
            octets.position(octets.position() + count);
            end += count;
            if (end % CHUNK == 0) {
                flush(segment);
            }
        }
    }

    /** Before it is done: a reader looks at this when it has copied. */
    private void replace(long to) {
        replacing = Math.max(replacing, to);
        VarHandle.storeStoreFence();
    }

    private ByteBuffer writable(long at) throws IOException {
        ByteBuffer chunk = chunks.get(chunk(at));
        if (chunk == null) {
            chunk = blocks.allocate(CHUNK);
            chunks.set(chunk(at), chunk);
        }
        return chunk;
    }

    /**
     * Writes what has not been written, to the end of its last block; that block is written again with what follows.
     */
    void flush(Segment segment) throws IOException {
        if (written == end) {
            return;
        }
        long from = blocks.floor(written);
        int count = (int) (blocks.ceiling(end) - from);
        int at = (int) (from % CHUNK);
        ByteBuffer chunk = writable(from);
        replace(blocks.ceiling(end));
        for (int i = at + (int) (end - from); i < at + count; i++) {
            chunk.put(i, (byte) 0);
        }
        segment.write(chunk.slice(at, count), from - origin);
        written = end;
    }

    /** Returns the last octets of the payload of a record; empty when it is not here (any more), or shorter. */
    Optional<byte[]> readEnd(JournalPosition position, int octets) {
        Long first = origins.get(position.segment());
        if (first == null) {
            return Optional.empty();
        }
        long at = first + position.offset();
        Optional<RecordHead> head = copy(at, RecordHead.SIZE)
                .flatMap(start -> RecordHead.read(ByteBuffer.wrap(start), position.segment(), position.offset()))
                .filter(one -> one.length() >= octets && one.length() < size());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        int before = head.get().length() - octets;
        CRC32C crc = new CRC32C();
        // the copy is checked, not what it was made from: that may change
        return check(crc, at + RecordHead.SIZE, before)
                ? copy(at + RecordHead.SIZE + before, octets).filter(found -> {
                    VarHandle.loadLoadFence();
                    if (at < replacing - size()) {
                        return false;
                    }
                    crc.update(found);
                    return (int) crc.getValue() == head.get().checksum();
                })
                : Optional.empty();
    }

    private Optional<byte[]> copy(long from, int octets) {
        byte[] found = new byte[octets];
        for (int done = 0; done < octets; ) {
            int at = (int) ((from + done) % CHUNK);
            int count = Math.min(octets - done, CHUNK - at);
            ByteBuffer chunk = chunks.get(chunk(from + done));
            if (chunk == null) {
                return Optional.empty();
            }
            chunk.get(at, found, done, count);
            done += count;
        }
        return Optional.of(found);
    }

    private boolean check(CRC32C crc, long from, int octets) {
        for (int done = 0; done < octets; ) {
            int at = (int) ((from + done) % CHUNK);
            int count = Math.min(octets - done, CHUNK - at);
            ByteBuffer chunk = chunks.get(chunk(from + done));
            if (chunk == null) {
                return false;
            }
            crc.update(chunk.slice(at, count));
            done += count;
        }
        return true;
    }
}
