package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of records, each on the medium before its append returns.
 *
 * @param <T> what an appender wants to be told to the one who learns of durable records, instead of reading them again
 * @since 0.1.0
 */
public final class Journal<T> implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /** Zeros are written in large pieces: who commits waits for them. */
    private static final int ZEROS = 1 << 20;

    /**
     * A record that has become durable.
     *
     * @param position where it is
     * @param end where the next one may be: all up to here is durable
     * @param attachment what its appender gave along
     */
    public record Appended<T>(JournalPosition position, JournalPosition end, T attachment) {}

    /** Takes records that a replay finds. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one.
         *
         * @param position where it is
         * @param end where the next one may be
         */
        void visit(JournalPosition position, JournalPosition end, byte[] payload) throws IOException;
    }

    /** One record to be written. Where it is becomes known before its appender goes on. */
    private static final class Job<T> {
        private final List<ByteBuffer> payload;
        private final int length;
        private final int checksum;
        private final T attachment;
        private JournalPosition where = JournalPosition.START;

        Job(List<ByteBuffer> payload, int length, int checksum, T attachment) {
            this.payload = payload;
            this.length = length;
            this.checksum = checksum;
            this.attachment = attachment;
        }
    }

    private final JournalFolder folder;
    private final JournalConfig config;
    private final Consumer<List<Appended<T>>> durable;
    private final GroupCommit<Job<T>> group;
    private final Blocks blocks;
    private final Recent recent;
    private Optional<ByteBuffer> zeros = Optional.empty();
    private Optional<Segment> current = Optional.empty();

    private Journal(JournalFolder folder, JournalConfig config, Consumer<List<Appended<T>>> durable) {
        this.folder = folder;
        this.config = config;
        this.durable = durable;
        this.blocks = folder.blocks();
        this.recent = new Recent(blocks, config.recent());
        this.group = new GroupCommit<>("journal", this::write);
    }

    /**
     * Opens a journal. What is in the folder stays, to be replayed and read; new records go into new files.
     *
     * @param folder made if it is not there; for this process alone
     * @param durable told of each batch, in the order of the journal, before its appends return; must not block
     */
    public static <T> Journal<T> open(Path folder, JournalConfig config, Consumer<List<Appended<T>>> durable)
            throws IOException {
        return new Journal<>(JournalFolder.open(folder, config), config, durable);
    }

    /**
     * Appends a record and waits until it is on the medium.
     *
     * @param payload at most 1 GiB in sum; consumed
     * @return where it is
     * @throws IOException when it could not be written: it is not durable, and nobody is told of it
     */
    public JournalPosition append(List<ByteBuffer> payload, T attachment) throws IOException {
        CRC32C crc = new CRC32C();
        long length = 0;
        for (ByteBuffer part : payload) {
            length += part.remaining();
            crc.update(part.duplicate());
        }
        if (length > 1 << 30) {
            throw new IllegalArgumentException("a record has at most 1 GiB, not " + length + " octets");
        }
        Job<T> job = new Job<>(payload, (int) length, (int) crc.getValue(), attachment);
        group.run(job);
        return job.where;
    }

    /** Runs on the thread of the journal. */
    private void write(List<Job<T>> batch) throws IOException {
        List<Appended<T>> appended = new ArrayList<>(batch.size());
        boolean forced = false;
        try {
            Segment segment = segment();
            for (Job<T> job : batch) {
                if (recent.offset() > 0 && recent.offset() + RecordHead.SIZE + job.length > config.segmentSize()) {
                    recent.flush(segment);
                    segment.force();
                    segment = roll();
                }
                job.where = new JournalPosition(segment.number(), recent.offset());
                put(segment, job);
                JournalPosition end = new JournalPosition(segment.number(), recent.offset());
                appended.add(new Appended<>(job.where, end, job.attachment));
            }
            recent.flush(segment);
            extend(segment);
            segment.force();
            forced = true;
        } finally {
            if (!forced) {
                abandon();
            }
        }
        durable.accept(appended);
    }

    private Segment segment() throws IOException {
        return current.isPresent() ? current.get() : roll();
    }

    private Segment roll() throws IOException {
        Segment fresh = folder.next();
        recent.begin(fresh.number());
        current = Optional.of(fresh);
        return fresh;
    }

    private void put(Segment segment, Job<T> job) throws IOException {
        RecordHead head = new RecordHead(job.length, job.checksum);
        recent.put(head.octets(segment.number(), recent.offset()), segment);
        for (ByteBuffer part : job.payload) {
            recent.put(part, segment);
        }
    }

    /** Makes room for the next batches, when this one made the file longer anyway. */
    private void extend(Segment segment) {
        long offset = recent.offset();
        if (blocks.ceiling(offset) >= segment.allocated() && offset < config.segmentSize()) {
            long end = blocks.ceiling(Math.min(config.segmentSize(), offset + config.extension()));
            try {
                segment.allocate(end, zeros());
            } catch (IOException e) {
                LOG.debug("no room ahead in the journal; the next write finds out whether there is any", e);
            }
        }
    }

    private ByteBuffer zeros() throws IOException {
        if (zeros.isEmpty()) {
            zeros = Optional.of(blocks.allocate((int) blocks.ceiling(Math.min(ZEROS, config.extension()))));
        }
        return zeros.orElseThrow();
    }

    /** Leaves a file in which nobody knows what is on the medium. */
    private void abandon() {
        current.ifPresent(folder::retire);
        current = Optional.empty();
    }

    /**
     * Visits the records from a position on, in order, up to those that this process has appended. One that is not
     * whole is passed over when others follow it: those had been acknowledged. The log tells, and the file is kept.
     *
     * @param from the end of a record, or {@link JournalPosition#START}
     */
    public void replay(JournalPosition from, Visitor visitor) throws IOException {
        for (long number : folder.found()) {
            if (number >= from.segment()) {
                replay(folder.readers().segment(number), number == from.segment() ? from.offset() : 0, visitor);
            }
        }
    }

    private void replay(Segment segment, long from, Visitor visitor) throws IOException {
        long number = segment.number();
        OptionalLong next = OptionalLong.of(from);
        while (next.isPresent()) {
            long at = next.getAsLong();
            Optional<byte[]> payload = segment.read(at);
            if (payload.isPresent()) {
                long end = at + RecordHead.SIZE + payload.get().length;
                visitor.visit(new JournalPosition(number, at), new JournalPosition(number, end), payload.get());
                next = OptionalLong.of(end);
            } else {
                next = segment.nextWhole(at);
                if (next.isPresent()) {
                    lost(segment, at, next.getAsLong() - at);
                }
            }
        }
    }

    private void lost(Segment segment, long at, long octets) {
        LOG.error(
                "segment {} of the journal is damaged at offset {}: {} octets are skipped, and what follows is taken;"
                        + " mails in them may have been acknowledged, and {} keeps what is left of them",
                segment.number(),
                at,
                octets,
                folder.keep(segment.number()));
    }

    /**
     * Reads the last octets of a record.
     *
     * @param octets how many; all of the record is checked
     * @throws IOException when it is not there, is damaged or shorter, or cannot be read
     */
    public byte[] readEnd(JournalPosition position, int octets) throws IOException {
        Optional<byte[]> end = recent.readEnd(position, octets);
        if (end.isPresent()) {
            return end.get();
        }
        try {
            end = folder.readers().readEnd(position, octets);
        } catch (ClosedChannelException e) {
            // an interrupt of another reader closes the file for all; it is opened again
            end = folder.readers().readEnd(position, octets);
        }
        return end.orElseThrow(() -> new IOException("there is no whole record at " + position + " of the journal"));
    }

    /** Returns the numbers of the segments that are complete: nothing is appended to them any more. In order. */
    public List<Long> complete() {
        return folder.complete();
    }

    /** Removes a complete segment; it may be used again for new records. */
    public void remove(long segment) throws IOException {
        folder.remove(segment);
        recent.forget(segment);
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() throws IOException {
        group.close();
        folder.close();
    }
}
