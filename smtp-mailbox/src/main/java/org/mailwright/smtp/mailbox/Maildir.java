package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** One mailbox in the Maildir form: {@code tmp/} for what is being written, {@code new/} for what has arrived. */
final class Maildir {
    private final Path folder;
    private final Disk disk;

    Maildir(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    Path inTmp(String name) {
        return folder.resolve("tmp").resolve(name);
    }

    Path inNew(String name) {
        return folder.resolve("new").resolve(name);
    }

    /** Opens a file in {@code tmp/}, making the mailbox when it is not there yet. */
    FileChannel create(Path file) throws IOException {
        try {
            return disk.create(file);
        } catch (NoSuchFileException e) {
            prepare();
            return disk.create(file);
        }
    }

    private void prepare() throws IOException {
        for (String part : new String[] {"tmp", "new", "cur"}) {
            disk.createFolders(folder.resolve(part));
        }
    }

    /**
     * Gives a complete, forced file a name in {@code new/}.
     *
     * @return whether it was put there now; false when it had been there already
     */
    boolean take(Path complete, String name) throws IOException {
        Path target = inNew(name);
        try {
            link(target, complete);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (Files.exists(target)) {
                return false;
            }
            copy(complete, name); // another file system, or one without hard links
        }
        return true;
    }

    private void link(Path target, Path complete) throws IOException {
        try {
            disk.link(target, complete);
        } catch (NoSuchFileException e) {
            prepare();
            disk.link(target, complete);
        }
    }

    private void copy(Path complete, String name) throws IOException {
        // a name of its own: another attempt at the same mail may be copying at this moment
        Path copy = inTmp(name + "." + UUID.randomUUID() + ".copy");
        try (FileChannel from = FileChannel.open(complete, StandardOpenOption.READ);
                FileChannel to = create(copy)) {
            long length = from.size();
            for (long at = 0; at < length; ) {
                at += from.transferTo(at, length - at, to);
            }
            disk.force(to);
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        disk.move(copy, inNew(name));
    }

    /** Tells whether there is a mail of this name, read or unread; looks through the whole folder of read mail. */
    boolean has(String name) throws IOException {
        if (Files.exists(inNew(name))) {
            return true;
        }
        Path read = folder.resolve("cur");
        if (!Files.isDirectory(read)) {
            return false;
        }
        try (DirectoryStream<Path> mails = Files.newDirectoryStream(read, file -> {
            String other = String.valueOf(file.getFileName());
            return other.startsWith(name) && (other.length() == name.length() || other.charAt(name.length()) == ':');
        })) {
            return mails.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    void forceNew() throws IOException {
        disk.forceFolder(folder.resolve("new"));
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(inNew(name));
    }
}
