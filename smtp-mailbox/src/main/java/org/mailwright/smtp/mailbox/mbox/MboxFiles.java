package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.mailwright.smtp.mailbox.Disk;
import org.mailwright.smtp.mailbox.FinalCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to mbox files, one mail to one file at a time: a lock within this process, then the lock file, then the lock
 * of the file itself. The lock file is given back while another has the file, so that it does not matter in which order
 * other programs take the two.
 */
final class MboxFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MboxFiles.class);
    private static final Set<OpenOption> OPEN = Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS); // whoever may write to the folder must not choose the file
    private static final int STRIPES = 256;
    private static final long PAUSE_MILLIS = 50;

    /** The system's locks belong to the process: its threads need others, and a file is open once at a time. */
    private final ReentrantLock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    private final Disk disk = new Disk();
    private final String host;
    private final MboxConfig config;
    private final InstantSource clock;

    MboxFiles(String host, MboxConfig config, InstantSource clock) {
        this.host = host;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Appends a mail.
     *
     * @return octets that it takes
     * @throws IOException when it cannot be stored, or the lock does not become free; the file is as it was
     */
    long append(Path mailbox, MboxMail mail) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(config.lockTimeout().toNanos() + System.nanoTime());
        ReentrantLock stripe = stripes[Math.floorMod(mailbox.hashCode(), STRIPES)];
        if (!stripe.tryLock(deadline.left(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the mailbox " + mailbox + " is locked");
        }
        try {
            return appendAlone(mailbox, mail, deadline);
        } finally {
            stripe.unlock();
        }
    }

    private long appendAlone(Path mailbox, MboxMail mail, Deadline deadline) throws IOException, InterruptedException {
        Path folder = mailbox.toAbsolutePath().getParent();
        if (folder != null) {
            disk.createFolders(folder);
        }
        DotLock lock = new DotLock(mailbox, host, config.staleAfter());
        while (true) {
            while (!lock.tryTake(clock.instant())) {
                deadline.pause("the lock file " + lock + " is there");
            }
            // Who takes the two in the other order, as Dovecot does on Debian, must not wait for us while we wait for
            // it.
            try (FileChannel file = FileChannel.open(mailbox, OPEN, mode(mailbox, "rw-------"))) {
                if (file.tryLock() != null) {
                    return write(mailbox, file, mail);
                }
            } finally {
                lock.release();
            }
            deadline.pause("the file " + mailbox + " is locked");
        }
    }

    private long write(Path mailbox, FileChannel file, MboxMail mail) throws IOException {
        long before = file.size();
        try {
            file.position(before);
            FinalCopy.Target target = octets -> {
                while (octets.hasRemaining()) {
                    file.write(octets);
                }
            };
            target.write(ByteBuffer.wrap(gap(file, before).getBytes(StandardCharsets.US_ASCII)));
            mail.writeTo(target);
            file.force(true);
            Path folder = mailbox.toAbsolutePath().getParent();
            if (before == 0 && folder != null) {
                disk.forceFolder(folder); // the file may be new
            }
            return file.size() - before;
        } catch (IOException | RuntimeException | Error e) {
            cutBack(mailbox, file, before);
            throw e;
        }
    }

    /** Returns what has to stand before the next mail: other programs may have left a last line without its end. */
    private static String gap(FileChannel file, long size) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(2);
        int count = size == 0 ? 0 : file.read(end, Math.max(0, size - 2));
        if (count <= 0 || (count == 2 && end.get(0) == '\n' && end.get(1) == '\n')) {
            return "";
        }
        return end.get(count - 1) == '\n' ? "\n" : "\n\n";
    }

    private static void cutBack(Path mailbox, FileChannel file, long size) {
        boolean interrupted = Thread.interrupted(); // else the next channel would be closed at once, too
        try {
            if (file.isOpen()) {
                file.truncate(size).force(true);
            } else {
                try (FileChannel again = FileChannel.open(mailbox, StandardOpenOption.WRITE)) {
                    again.truncate(size).force(true);
                }
            }
        } catch (IOException e) {
            LOG.error("a part of a mail stays at the end of {}, from octet {}", mailbox, size, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Until when to wait, by {@link System#nanoTime}. */
    private record Deadline(long at) {
        long left() {
            return at - System.nanoTime();
        }

        void pause(String why) throws IOException, InterruptedException {
            if (left() <= 0) {
                throw new IOException(why);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
