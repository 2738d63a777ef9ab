package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SQLite's native library, which its driver unpacks anew for each process and removes only when that ends in good
 * order. It goes below the queue's folder, where the next process can tell that nobody uses what is left of the last
 * one.
 */
final class NativeLibrary {
    /** Where the driver unpacks it; read once, when the first connection is made. */
    private static final String FOLDER = "org.sqlite.tmpdir";
    /** Where the driver finds one that is unpacked. */
    private static final String UNPACKED = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Lets it go below a folder that this process has for itself, unless somebody has said where it goes. */
    static void goesBelow(Path folder) throws IOException {
        if (System.getProperty(FOLDER) != null || System.getProperty(UNPACKED) != null) {
            return;
        }
        Path own = Files.createDirectories(folder.resolve("native"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(own, "sqlite-*")) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        }
        System.setProperty(FOLDER, own.toAbsolutePath().toString());
    }
}
