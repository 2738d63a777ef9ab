package org.mailwright.smtp.queue.sql.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pieces of files that were read last: who reads one mail of a backlog is followed by those who read its neighbours.
 * They are read past the page cache, into memory that is used again and again. Neighbouring pieces have neighbouring
 * slots, so that a window as large as all of them fits, and moves on.
 */
final class Pieces implements Segment.Source {

    static final int PIECE = 128 << 10;

    /** A piece that is read fewer times than this costs more than the page cache. */
    private static final int WORTH = 4;

    private static final int START = 2 * 1000 * WORTH;
    /** So many reads are left to the page cache, then pieces are tried again. */
    private static final int REST = 2000;
    /** How many pieces count for the mean. */
    private static final int MEMORY = 32;

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private long segment;
        private long offset;
        private int length;
        private int reads;
        private Optional<ByteBuffer> memory = Optional.empty();
    }

    private final Blocks blocks;
    private final long perSegment;
    private final Slot[] slots;
    private final AtomicInteger rest = new AtomicInteger();
    /** Thousandths of reads of a piece until it was replaced, on the average. */
    private final AtomicInteger mean = new AtomicInteger(START);

    /**
     * Makes some.
     *
     * @param size octets in all, at least
     */
    Pieces(Blocks blocks, long segmentSize, int size) {
        this.blocks = blocks;
        this.perSegment = (segmentSize + PIECE - 1) / PIECE;
        this.slots = new Slot[(size + PIECE - 1) / PIECE];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot();
        }
    }

    @Override
    public boolean fill(Segment segment, ByteBuffer into, long offset) throws IOException {
        if (rest.get() > 0) {
            if (rest.decrementAndGet() <= 0) {
                mean.set(START);
            }
            return segment.fill(into, offset);
        }
        long at = offset;
        for (int count = 1; into.hasRemaining() && count > 0; at += count) {
            count = copy(segment, into, at);
        }
        boolean full = !into.hasRemaining();
        into.flip();
        return full;
    }

    private int copy(Segment segment, ByteBuffer into, long at) throws IOException {
        long piece = at / PIECE;
        Slot slot = slots[(int) Math.floorMod(segment.number() * perSegment + piece, (long) slots.length)];
        slot.lock.lock();
        try {
            ByteBuffer memory = load(slot, segment, piece * PIECE);
            int from = (int) (at % PIECE);
            int count = Math.max(0, Math.min(into.remaining(), slot.length - from));
            into.put(into.position(), memory, from, count);
            into.position(into.position() + count);
            return count;
        } finally {
            slot.lock.unlock();
        }
    }

    private ByteBuffer load(Slot slot, Segment segment, long offset) throws IOException {
        ByteBuffer memory = slot.memory.orElseGet(() -> blocks.allocate(PIECE));
        slot.memory = Optional.of(memory);
        if (slot.segment != segment.number() || slot.offset != offset) {
            replaced(slot);
            slot.length = segment.readBlocks(memory.clear(), offset);
            slot.segment = segment.number();
            slot.offset = offset;
        }
        slot.reads++;
        return memory;
    }

    private void replaced(Slot slot) {
        if (slot.segment != 0) {
            int reads = slot.reads;
            if (mean.updateAndGet(before -> before + (1000 * reads - before) / MEMORY) < 1000 * WORTH) {
                rest.set(REST);
            }
        }
        slot.segment = 0;
        slot.reads = 0;
    }

    /** Forgets the pieces with some octets that were not what they had to be: the file has got more since. */
    void forget(Segment segment, long from, int octets) {
        for (long piece = from / PIECE; piece <= (from + octets) / PIECE; piece++) {
            Slot slot = slots[(int) Math.floorMod(segment.number() * perSegment + piece, (long) slots.length)];
            slot.lock.lock();
            try {
                slot.segment = 0;
            } finally {
                slot.lock.unlock();
            }
        }
    }
}
