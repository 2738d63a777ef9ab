package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail on its way in: in memory up to a bound, then in a file. */
final class Intake implements MailWriter {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Takes what is complete. */
    @FunctionalInterface
    interface Store {
        /**
         * Makes a mail durable.
         *
         * @param content empty when it is in its file
         */
        void commit(Message message, List<NewDelivery> deliveries, Optional<ByteBuffer> content) throws IOException;
    }

    private final String id;
    private final int bound;
    private final Contents contents;
    private final Store store;
    private final UnaryOperator<IOException> judge;
    private byte[] memory = {};
    private int kept;
    private Optional<FileChannel> file = Optional.empty();
    private long size;
    private boolean ended;

    /**
     * Makes one.
     *
     * @param bound octets that are kept in memory
     * @param judge says what a failure to write is, such as a full medium
     */
    Intake(String id, int bound, Contents contents, Store store, UnaryOperator<IOException> judge) {
        this.id = id;
        this.bound = bound;
        this.contents = contents;
        this.store = store;
        this.judge = judge;
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        size += octets.remaining();
        if (file.isEmpty() && size <= bound) {
            keep(octets);
            return;
        }
        try {
            FileChannel channel = file.isPresent() ? file.get() : spill();
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            throw judge.apply(e);
        }
    }

    /** One copy, and seldom a second: this is done for every mail. */
    private void keep(ByteBuffer octets) {
        int count = octets.remaining();
        if (memory.length - kept < count) {
            memory = Arrays.copyOf(memory, Math.max(Math.min(2 * memory.length, bound), Math.max(kept + count, 1024)));
        }
        octets.get(memory, kept, count);
        kept += count;
    }

    private ByteBuffer kept() {
        return ByteBuffer.wrap(memory, 0, kept);
    }

    private FileChannel spill() throws IOException {
        Path path = contents.unfinished(id);
        Files.createDirectories(path.getParent());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file = Optional.of(channel);
        ByteBuffer before = kept();
        memory = new byte[0];
        kept = 0;
        while (before.hasRemaining()) {
            channel.write(before);
        }
        return channel;
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
        if (file.isPresent()) {
            try {
                complete(file.get());
            } catch (IOException e) {
                throw judge.apply(e);
            }
            store.commit(message, deliveries, Optional.empty());
        } else {
            store.commit(message, deliveries, Optional.of(kept()));
        }
        ended = true;
    }

    /** Puts the file on the medium under its own name. */
    private void complete(FileChannel channel) throws IOException {
        channel.force(true);
        channel.close();
        Path place = contents.file(id);
        Files.move(contents.unfinished(id), place, StandardCopyOption.ATOMIC_MOVE);
        Contents.forceFolders(place);
    }

    @Override
    public void abort() {
        if (ended || file.isEmpty()) {
            return;
        }
        ended = true;
        try {
            file.get().close();
            Files.deleteIfExists(contents.unfinished(id));
            Files.deleteIfExists(contents.file(id));
        } catch (IOException e) {
            LOG.warn("what was written of mail {} cannot be removed: {}", id, e.getMessage());
        }
    }
}
