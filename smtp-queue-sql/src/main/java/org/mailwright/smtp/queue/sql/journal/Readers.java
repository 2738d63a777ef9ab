package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments that are open to be read. */
final class Readers implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int OPEN_AT_ONCE = 64;
    /** Most records are smaller; others are read in two steps. */
    private static final int BUFFER = 64 << 10;
    /** As many buffers are kept: a reader occupies a thread, and there are about as many as processors. */
    private static final int BUFFERS = 32;

    private final LongFunction<Path> paths;
    private final Blocks blocks;
    private final Pieces pieces;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Segment> open = new HashMap<>();
    private final Queue<ByteBuffer> buffers = new ArrayBlockingQueue<>(BUFFERS);

    Readers(LongFunction<Path> paths, Blocks blocks, JournalConfig config) {
        this.paths = paths;
        this.blocks = blocks;
        this.pieces = new Pieces(blocks, config.segmentSize(), config.cached());
    }

    /** Returns a segment to read from; stays open until it is removed, or others need its place. */
    Segment segment(long number) throws IOException {
        lock.lock();
        try {
            Segment known = open.get(number);
            if (known != null && known.isOpen()) {
                return known;
            }
            close(number); // an interrupt has closed one of its two channels
            if (open.size() >= OPEN_AT_ONCE) {
                close();
            }
            Segment opened = Segment.open(number, paths.apply(number), blocks);
            open.put(number, opened);
            return opened;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no segment " + number + " of the journal", e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last octets of a record; empty when there is none, or it is damaged. */
    Optional<byte[]> readEnd(JournalPosition position, int octets) throws IOException {
        Segment segment = segment(position.segment());
        ByteBuffer buffer = Optional.ofNullable(buffers.poll()).orElseGet(this::buffer);
        try {
            Optional<byte[]> end =
                    segment.readsBlocks() ? readPieces(segment, position.offset(), octets, buffer) : Optional.empty();
            return end.isPresent() ? end : segment.readEnd(position.offset(), octets, buffer, Segment::fill);
        } finally {
            if (!buffers.offer(buffer)) {
                LOG.trace("a buffer more than are kept");
            }
        }
    }

    private ByteBuffer buffer() {
        try {
            return blocks.allocate(BUFFER);
        } catch (IOException e) {
            LOG.debug("a record is read by way of the heap", e);
            return ByteBuffer.allocate(BUFFER);
        }
    }

    private Optional<byte[]> readPieces(Segment segment, long offset, int octets, ByteBuffer buffer)
            throws IOException {
        Optional<byte[]> end = Optional.empty();
        try {
            end = segment.readEnd(offset, octets, buffer, pieces);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("{} is read through the page cache", segment.file(), e);
        }
        if (end.isEmpty()) {
            pieces.forget(segment, offset, buffer.capacity());
        }
        return end;
    }

    /** Closes a segment, if it is open. */
    void close(long number) throws IOException {
        lock.lock();
        try {
            Segment reader = open.remove(number);
            if (reader != null) {
                reader.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (Segment reader : open.values()) {
                reader.close();
            }
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
