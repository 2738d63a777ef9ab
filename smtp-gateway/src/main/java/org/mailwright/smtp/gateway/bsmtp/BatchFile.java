package org.mailwright.smtp.gateway.bsmtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.wire.DotEncoder;

/**
 * One batch while it is written, under a name that nobody reads. Its file is no channel, which an interrupt would close
 * for all whose mails are in it.
 */
final class BatchFile {
    private static final int BUFFER = 16 * 1024;

    private final Path part;
    private final Path target;
    private final RandomAccessFile file;

    private BatchFile(Path part, Path target, RandomAccessFile file) {
        this.part = part;
        this.target = target;
        this.file = file;
    }

    /** Begins a batch that is to have this name. */
    static BatchFile begin(Path target, String hostname) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("there is no folder above " + target);
        }
        Path part = Files.createTempFile(folder, ".", ".part");
        try {
            BatchFile batch = new BatchFile(part, target, new RandomAccessFile(part.toFile(), "rw"));
            batch.line("EHLO " + hostname);
            return batch;
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /** Returns how long it is, as a place to come {@linkplain #back} to. */
    long place() throws IOException {
        return file.getFilePointer();
    }

    /** Cuts off what was written since. */
    void back(long place) throws IOException {
        file.setLength(place);
        file.seek(place);
    }

    /** Writes the commands of a mail up to DATA. */
    void envelope(String mail, List<String> recipients) throws IOException {
        line(mail);
        for (String recipient : recipients) {
            line(recipient);
        }
        line("DATA");
    }

    private void line(String text) throws IOException {
        file.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a content with its final dot.
     *
     * @throws UnreadableException when it is the content that fails
     */
    void content(Body content) throws IOException {
        DotEncoder encoder = new DotEncoder();
        byte[] buffer = new byte[BUFFER];
        byte[] encoded = new byte[DotEncoder.worstCase(BUFFER)];
        try (InputStream in = open(content)) {
            for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
                file.write(encoded, 0, encoder.encode(buffer, 0, count, encoded, 0));
            }
        }
        file.write(encoded, 0, encoder.end(encoded, 0));
    }

    /** Says that a content cannot be read, where the file is well. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableException(IOException cause) {
            super(cause);
        }
    }

    private static InputStream open(Body content) throws UnreadableException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    private static int read(InputStream in, byte[] buffer) throws UnreadableException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    /** Ends it: when this returns, it has its name, and is on the medium. */
    void publish() throws IOException {
        line("QUIT");
        file.getFD().sync();
        file.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        // an interrupt would close this channel; it is kept for later
        boolean interrupted = Thread.interrupted();
        try (FileChannel folder = FileChannel.open(part.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes it. */
    void discard() throws IOException {
        file.close();
        Files.deleteIfExists(part);
    }
}
