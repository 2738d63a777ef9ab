package org.mailwright.smtp.distribution.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Body;

/**
 * A mail that was handed to a command: in memory when it is small, else in a file.
 *
 * @param body the mail
 * @param temporary the file to remove at the end
 */
record MailInput(Body body, Optional<Path> temporary) implements Closeable {
    private static final int KEPT_IN_MEMORY = 1 << 20;

    /** What is in a file. */
    static MailInput of(Path file) throws IOException {
        if (Files.size(file) <= KEPT_IN_MEMORY) {
            return new MailInput(Body.of(Files.readAllBytes(file)), Optional.empty());
        }
        return new MailInput(Body.of(file), Optional.empty());
    }

    /** What comes to the end of a stream. */
    static MailInput of(InputStream in) throws IOException {
        byte[] head = in.readNBytes(KEPT_IN_MEMORY);
        if (head.length < KEPT_IN_MEMORY) {
            return new MailInput(Body.of(head), Optional.empty());
        }
        Path file = Files.createTempFile("mailwright", ".eml");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head);
            in.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new MailInput(Body.of(file), Optional.of(file));
    }

    @Override
    public void close() throws IOException {
        if (temporary.isPresent()) {
            Files.deleteIfExists(temporary.get());
        }
    }
}
