package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner reads (mode 0600 where the file system knows modes) and that changes all at once. */
final class PrivateFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /** Replaces a file: whoever reads it sees the old content or the new, also after a crash. */
    static void replace(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Path temporary = Files.createTempFile(folder, "." + file.getFileName() + ".", ".tmp", attributes(folder));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            keepOwner(temporary, Files.exists(file) ? file : folder);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (posix(folder)) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Opens a file for locking, and makes it when it is missing. */
    static FileChannel openLock(Path lock) throws IOException {
        Path folder = folder(lock);
        boolean made = !Files.exists(lock);
        FileChannel channel =
                FileChannel.open(lock, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), attributes(folder));
        if (made) {
            keepOwner(lock, folder);
        }
        return channel;
    }

    static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /**
     * Gives a file the owner of another: when root adds a user, the server, which is not root, must still be able to
     * read the file.
     */
    private static void keepOwner(Path file, Path model) throws IOException {
        if (!posix(file)) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
        PosixFileAttributes actual = Files.readAttributes(file, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (wanted.owner().equals(actual.owner())) {
            return;
        }
        try {
            view.setGroup(wanted.group());
            view.setOwner(wanted.owner());
        } catch (FileSystemException e) {
            throw new IOException(
                    model + " belongs to " + wanted.owner().getName() + ": only he, or root, can change the users", e);
        }
    }

    private static FileAttribute<?>[] attributes(Path folder) {
        return posix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
