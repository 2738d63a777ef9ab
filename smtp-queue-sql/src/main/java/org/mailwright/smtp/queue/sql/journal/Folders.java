package org.mailwright.smtp.queue.sql.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Folders whose names are on the medium: a file that was forced is lost all the same when the name of a folder above it
 * is.
 *
 * @since 0.1.0
 */
public final class Folders {

    private Folders() {}

    /** Makes a folder and those above it that are missing; their names are on the medium when this returns. */
    public static void make(Path folder) throws IOException {
        Path whole = folder.toAbsolutePath();
        Path parent = whole.getParent();
        if (parent == null || Files.isDirectory(whole)) {
            return;
        }
        make(parent);
        try {
            Files.createDirectory(whole);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(whole)) {
                throw e; // otherwise another was quicker
            }
        }
        force(parent);
    }

    /** Returns when the names in a folder are on the medium. */
    public static void force(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // elsewhere a folder cannot be opened, and the file system keeps names itself
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
