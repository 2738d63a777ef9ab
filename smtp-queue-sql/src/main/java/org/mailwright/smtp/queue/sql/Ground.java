package org.mailwright.smtp.queue.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.queue.sql.journal.Folders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a queue lies in: locked for this process, local, and with room. */
final class Ground implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);
    /** Octets: after a write has failed, as good as nothing. */
    private static final long LITTLE = 1 << 20;

    private static final int LOOKS_PER_TIDY = 30;

    /** Something that is done now and then. */
    @FunctionalInterface
    interface Chore {
        void run() throws IOException;
    }

    private final FileStore store;
    private final long reserve;
    private final FileChannel channel;
    /** Why no mail is taken; empty when it is. */
    private volatile String pressure = "";

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("queue watch").daemon(true).factory());
    private int looked;

    Ground(FileStore store, long reserve, FileChannel channel) {
        this.store = store;
        this.reserve = reserve;
        this.channel = channel;
    }

    static Ground take(Path folder, long reserve) throws IOException {
        if (!Files.isDirectory(folder)) {
            Folders.make(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        FileStore store = Files.getFileStore(folder);
        if (NetworkFileSystems.include(store.type())) {
            throw new IOException("the queue in " + folder + " would lie on a network file system (" + store.type()
                    + "), which does not keep what it has acknowledged: choose a local disk");
        }
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(channel)) {
            channel.close();
            throw new IOException("the queue in " + folder + " is in use by another process");
        }
        // on a small medium less is kept free, so that it can be used at all
        Ground ground = new Ground(store, Math.min(reserve, store.getTotalSpace() / 10), channel);
        ground.look();
        return ground;
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null && lock.isValid();
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Looks each second whether there is room, and does a chore every half minute. */
    void watch(Chore chore) {
        ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(
                () -> {
                    try {
                        look();
                        if (++looked % LOOKS_PER_TIDY == 0) {
                            chore.run();
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.warn("the queue cannot be looked after now: {}", e.toString());
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }

    private void look() throws IOException {
        long free = store.getUsableSpace();
        if (free >= reserve) {
            boolean before = !pressure.isEmpty();
            pressure = "";
            if (before) {
                LOG.info("the queue takes mail again: {} MiB free", free >> 20);
            }
        } else {
            full("only " + (free >> 20) + " MiB free, " + (reserve >> 20) + " MiB are kept");
        }
    }

    private void full(String why) {
        boolean before = !pressure.isEmpty();
        pressure = why;
        if (!before) {
            LOG.warn("the queue takes no mail: {}", why);
        }
    }

    Optional<String> pressure() {
        return Optional.of(pressure).filter(why -> !why.isEmpty());
    }

    /** Returns a failure to write as what it is: no room, or something else. */
    IOException judged(IOException failure) {
        if (isFull(failure)) {
            full("the medium is full");
            return new QueueFullException("the medium is full", failure);
        }
        return failure;
    }

    /** Java passes on no number, only a text in the language of the system: the room that is left tells more. */
    private boolean isFull(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return true;
        }
        try {
            return store.getUsableSpace() < Math.max(reserve, LITTLE);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /** Ends the looks and the chore; returns when none is under way. */
    void rest() {
        looks.close();
    }

    /** Gives the folder to the next process; nothing of this one may be at work in it any more. */
    @Override
    public void close() throws IOException {
        looks.shutdownNow();
        channel.close();
    }
}
