package org.mailwright.smtp.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MailReader;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Each mail becomes a file, by code that reads an {@link InputStream}.
 *
 * <p>The end of the stream means more than "no more octets": the mail is complete and every gate has passed it. If the
 * client goes away before, reading throws; the copy fails, the half file is deleted, and nothing else is to be done. So
 * the one promise of a sink is kept by the order of the lines: the file is on the disk, then its name is, and only then
 * comes the 250. An {@link IOException}, of a full disk say, becomes 451. Install it with
 * {@code builder.start(MessageSink.reading(archive))}.
 */
public final class MailArchive implements MailReader {

    private final Path folder;

    public MailArchive(Path folder) {
        this.folder = folder;
    }

    @Override
    public Reply read(Envelope envelope, InputStream content) throws IOException {
        Path unfinished = folder.resolve(envelope.id() + ".part"); // an id is made of letters and digits
        try {
            Files.copy(content, unfinished);
            force(unfinished);
            Files.move(unfinished, folder.resolve(envelope.id() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
            force(folder); // the new name is on the disk as well
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return Reply.of(250, "2.0.0", "Archived as " + envelope.id());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }
}
