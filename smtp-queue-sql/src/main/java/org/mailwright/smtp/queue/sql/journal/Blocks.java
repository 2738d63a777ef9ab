package org.mailwright.smtp.queue.sql.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a folder is written: in whole blocks, past the page cache where the system and the file system can do that. What
 * is in the page cache has to be copied there, into memory that is often cold, while all that commit wait.
 *
 * @param size octets of a block, a power of two
 * @param direct how a file is opened to be written past the page cache, where that is possible
 */
record Blocks(int size, Optional<OpenOption> direct) {

    private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);
    /** Sectors are not larger, and pages of memory not smaller: what is aligned to it can be written directly. */
    private static final int LEAST = 4096;

    private static final int MOST = 64 << 10;

    static Blocks of(Path folder) throws IOException {
        long block = Files.getFileStore(folder).getBlockSize();
        boolean usable = Long.bitCount(block) == 1 && block <= MOST;
        return usable ? new Blocks((int) Math.max(LEAST, block), option()) : new Blocks(LEAST, Optional.empty());
    }

    /** It is no part of Java SE, but of each JDK since 10. */
    private static Optional<OpenOption> option() {
        try {
            Object direct = Class.forName("com.sun.nio.file.ExtendedOpenOption")
                    .getField("DIRECT")
                    .get(null);
            return direct instanceof OpenOption option ? Optional.of(option) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            LOG.debug("this Java knows no way past the page cache", e);
            return Optional.empty();
        }
    }

    /** The same, but through the page cache. */
    Blocks buffered() {
        return new Blocks(size, Optional.empty());
    }

    /**
     * Returns memory that is aligned to blocks.
     *
     * @throws IOException when there is none: what needs it fails, or does without it, and nothing else is disturbed
     */
    ByteBuffer allocate(int octets) throws IOException {
        try {
            return ByteBuffer.allocateDirect(octets + size).alignedSlice(size).slice(0, octets);
        } catch (OutOfMemoryError e) {
            throw new IOException("there is no memory of " + octets + " octets for the journal", e);
        }
    }

    /** Returns where the block of a position begins. */
    long floor(long position) {
        return position & -size;
    }

    /** Returns where the first block begins at or behind a position. */
    long ceiling(long position) {
        return floor(position + size - 1);
    }

    /** Opens a file for writing; what it holds is void. */
    FileChannel open(Path file) throws IOException {
        if (direct.isPresent()) {
            try {
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, direct.get());
                if (accepts(channel)) {
                    return channel;
                }
            } catch (UnsupportedOperationException | IOException e) {
                LOG.debug("{} cannot be opened past the page cache", file, e);
            }
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Opens a file to be read past the page cache; empty when that is not possible. */
    Optional<FileChannel> reader(Path file) {
        try {
            return direct.isPresent()
                    ? Optional.of(FileChannel.open(file, StandardOpenOption.READ, direct.get()))
                    : Optional.empty();
        } catch (UnsupportedOperationException | IOException e) {
            LOG.debug("{} cannot be read past the page cache", file, e);
            return Optional.empty();
        }
    }

    /** Some file systems open a file so and refuse each write, which must not become known from a mail. */
    private boolean accepts(FileChannel channel) throws IOException {
        boolean accepted = false;
        try {
            channel.write(allocate(size), 0);
            accepted = true;
        } catch (IOException e) {
            LOG.debug("nothing can be written past the page cache", e);
        } finally {
            if (!accepted) {
                channel.close();
            }
        }
        return accepted;
    }
}
