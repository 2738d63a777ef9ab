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

    /** A piece of which fewer octets are used costs more than the page cache. */
    private static final int WORTH = PIECE / 2;
    /** So many reads are left to the page cache, then pieces are tried again. */
    private static final int REST = 2000;
    /** How many pieces count for the mean. */
    private static final int WEIGHT = 32;

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private long segment;
        private long offset;
        private int length;
        private int used;
        private Optional<ByteBuffer> memory = Optional.empty();
    }

    private final Blocks blocks;
    private final long perSegment;
    private final Slot[] slots;
    private final AtomicInteger rest = new AtomicInteger();
    /** Octets that were used of a piece until it was replaced, on the average; at first as if all were. */
    private final AtomicInteger mean = new AtomicInteger(PIECE);

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
                mean.set(PIECE);
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
            int from = (int) (at % PIECE);
            ByteBuffer memory = load(slot, segment, piece * PIECE, from);
            int count = Math.max(0, Math.min(into.remaining(), slot.length - from));
            into.put(into.position(), memory, from, count);
            into.position(into.position() + count);
            slot.used = Math.min(PIECE, slot.used + count);
            return count;
        } finally {
            slot.lock.unlock();
        }
    }

    private ByteBuffer load(Slot slot, Segment segment, long offset, int wanted) throws IOException {
        if (slot.memory.isEmpty()) {
            slot.memory = Optional.of(memory());
        }
        ByteBuffer memory = slot.memory.orElseThrow();
        boolean other = slot.segment != segment.number() || slot.offset != offset;
        if (other) {
            replaced(slot);
        }
        if (other || slot.length <= wanted) {
            slot.segment = 0;
            slot.length = segment.readBlocks(memory.clear(), offset);
            slot.segment = segment.number();
            slot.offset = offset;
        }
        return memory;
    }

    /**
     * To learn that there is none takes half a second, in which the collector runs: not to be asked for each record.
     */
    private ByteBuffer memory() throws IOException {
        try {
            return blocks.allocate(PIECE);
        } catch (IOException e) {
            rest.set(REST);
            throw e;
        }
    }

    private void replaced(Slot slot) {
        int used = slot.used;
        if (slot.segment != 0 && mean.updateAndGet(before -> before + (used - before) / WEIGHT) < WORTH) {
            rest.set(REST);
        }
        slot.used = 0;
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
