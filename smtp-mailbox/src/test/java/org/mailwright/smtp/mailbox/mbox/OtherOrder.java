package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Another program that locks a mailbox: the file first, then, once it was seen that somebody makes it, the lock file.
 */
final class OtherOrder {
    private OtherOrder() {}

    /** Tells on standard output how far it is; the mailbox and its lock file are the arguments. */
    public static void main(String[] arguments) throws IOException {
        Path lock = Path.of(arguments[1]);
        try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                FileLock own = file.lock()) {
            System.out.println("the file: " + own.isValid());
            while (!Files.exists(lock)) {
                Thread.onSpinWait();
            }
            while (!taken(lock)) {
                Thread.onSpinWait();
            }
            System.out.println("both");
            Files.delete(lock);
        }
    }

    private static boolean taken(Path lock) throws IOException {
        try {
            Files.createFile(lock);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
