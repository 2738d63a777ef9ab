package org.mailwright.smtp.queue.sql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail on its way in: in memory up to a bound, and in chunks of that size beyond it. */
final class PostgresIntake implements MailWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresIntake.class);

    /** Takes what is complete. */
    @FunctionalInterface
    interface Store {
        void commit(PostgresJob.Taken mail) throws IOException;
    }

    private final String id;
    private final int bound;
    private final PostgresContents contents;
    private final Store store;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1024);
    private int chunks;
    private long size;
    private boolean ended;

    PostgresIntake(String id, int bound, PostgresContents contents, Store store) {
        this.id = id;
        this.bound = bound;
        this.contents = contents;
        this.store = store;
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            if (memory.size() == bound) {
                flush();
            }
            byte[] some = new byte[Math.min(octets.remaining(), bound - memory.size())];
            octets.get(some);
            memory.writeBytes(some);
            size += some.length;
        }
    }

    private void flush() throws IOException {
        contents.write(id, chunks, memory.toByteArray());
        chunks++;
        memory.reset();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void commit(Message message, List<NewDelivery> deliveries) throws IOException {
        if (deliveries.isEmpty() || !message.id().equals(id) || message.size() != size) {
            throw new IllegalArgumentException(
                    "mail " + id + " of " + size + " octets needs deliveries, its id and size");
        }
        if (chunks > 0) {
            flush();
            store.commit(
                    new PostgresJob.Taken(message, List.copyOf(deliveries), PostgresJob.Where.CHUNKS, new byte[0]));
        } else {
            store.commit(new PostgresJob.Taken(
                    message, List.copyOf(deliveries), PostgresJob.Where.ROW, memory.toByteArray()));
        }
        ended = true;
    }

    @Override
    public void abort() {
        if (ended || chunks == 0) {
            return;
        }
        ended = true;
        try {
            contents.abandon(id);
        } catch (IOException e) {
            LOG.debug("what was written of mail {} is removed later: {}", id, e.getMessage());
        }
    }
}
