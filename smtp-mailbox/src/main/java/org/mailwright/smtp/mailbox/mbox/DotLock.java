package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lock of a mailbox that every mail program knows: a file of its name and {@code .lock}, made exclusively, with the
 * process id of its owner and the name of the host in it.
 */
final class DotLock {
    private static final Pattern OWNER = Pattern.compile("([0-9]{1,9})(?::(\\S+))?\\s*");

    private final Path file;
    private final String host;
    private final Duration staleAfter;

    /** The lock of a mailbox; this host's name tells whose process ids can be looked up. */
    DotLock(Path mailbox, String host, Duration staleAfter) {
        this.file = mailbox.resolveSibling(mailbox.getFileName() + ".lock");
        this.host = host;
        this.staleAfter = staleAfter;
    }

    /**
     * Tries to take it, once.
     *
     * @return whether it is ours now
     */
    boolean tryTake(Instant now) throws IOException {
        try {
            create();
            return true;
        } catch (FileAlreadyExistsException e) {
            return removeStale(now) && createAgain();
        }
    }

    private void create() throws IOException {
        try (FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            lock.write(ByteBuffer.wrap(
                    (ProcessHandle.current().pid() + ":" + host + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private boolean createAgain() throws IOException {
        try {
            create();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // another was quicker
        }
    }

    void release() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Removes the lock of an owner that is gone; returns whether there is none any more. */
    private boolean removeStale(Instant now) throws IOException {
        try {
            BasicFileAttributes judged = Files.readAttributes(file, BasicFileAttributes.class);
            if (!isStale(judged, now)) {
                return false;
            }
            // Another process may have judged the same, removed it and made its own by now: only what was judged goes.
            Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
            Files.move(file, aside);
            if (!same(judged, Files.readAttributes(aside, BasicFileAttributes.class))) {
                giveBack(aside);
                return false;
            }
            Files.deleteIfExists(aside);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private void giveBack(Path aside) throws IOException {
        try {
            Files.createLink(file, aside);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
        return Objects.equals(one.fileKey(), other.fileKey())
                && one.lastModifiedTime().equals(other.lastModifiedTime());
    }

    private boolean isStale(BasicFileAttributes lock, Instant now) throws IOException {
        if (lock.lastModifiedTime().toInstant().isBefore(now.minus(staleAfter))) {
            return true;
        }
        return owner().map(pid -> ProcessHandle.of(pid).isEmpty()).orElse(false);
    }

    /** Returns the process that took it, when the file says that it runs on this host. */
    private Optional<Long> owner() throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(300);
        }
        Matcher text = OWNER.matcher(new String(start, StandardCharsets.ISO_8859_1));
        // without a host it may be of another one that shares the folder
        return text.matches() && host.equals(text.group(2))
                ? Optional.of(Long.parseLong(text.group(1)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
