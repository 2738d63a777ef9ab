package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The calls into the file system that can fail, in one place, so that a test can make each of them fail.
 *
 * @since 0.1.0
 */
public class Disk {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** A new file that only its owner can read; fails when there is one of that name. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, NEW, permissions(file, "rw-------"));
    }

    void write(WritableByteChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    /** Returns when the content is on the medium. */
    void force(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Returns when the names in a folder are on the medium. */
    public void forceFolder(Path folder) throws IOException {
        if (!posix(folder)) {
            return; // elsewhere a folder cannot be opened, and the file system keeps names itself
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * A second name for a file.
     *
     * @throws FileAlreadyExistsException when the name is taken
     * @throws UnsupportedOperationException when this file system has no hard links
     */
    void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("cannot rename within " + to.getParent(), e);
        }
    }

    /** Makes a folder and those above it that are missing, each for its owner alone, and forces their names. */
    public void createFolders(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        createFolders(parent);
        try {
            Files.createDirectory(folder, permissions(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e; // otherwise another delivery was quicker
            }
        }
        forceFolder(parent);
    }

    private static FileAttribute<?>[] permissions(Path path, String mode) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
