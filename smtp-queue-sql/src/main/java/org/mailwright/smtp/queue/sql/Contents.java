package org.mailwright.smtp.queue.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.sql.journal.Folders;
import org.mailwright.smtp.queue.sql.journal.Journal;
import org.mailwright.smtp.queue.sql.journal.JournalPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contents of the mails: in rows, in the journal, in files. */
final class Contents {

    private static final Logger LOG = LoggerFactory.getLogger(Contents.class);
    /** Octets of a record of the journal at most. */
    private static final long LONGEST = 1L << 30;

    private static final String UNFINISHED = ".part";
    private static final String ROW = "row";
    private static final String FILE = "file";

    private final Path folder;
    private final Journal<?> journal;
    private final Reader reader;
    private final Positions positions = new Positions();

    Contents(Path folder, Journal<?> journal, Reader reader) throws IOException {
        this.folder = folder;
        this.journal = journal;
        this.reader = reader;
        Folders.make(folder);
    }

    /** Where a mail is, as its row says. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Found(String place, long segment, long position, byte[] content) {}

    /** What a mail says, read when it is asked for. */
    private final class Stored implements Body {

        private final Message message;

        Stored(Message message) {
            this.message = message;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(message.size());
        }

        @Override
        public boolean replayable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            return Contents.this.open(message);
        }

        @Override
        public byte[] octets() throws IOException {
            return Contents.this.octets(message);
        }
    }

    Body body(Message message) {
        return new Stored(message);
    }

    /** Notes where the journal has a mail that is about to be read: then its row need not be asked for that. */
    void note(Message message, JournalPosition position) {
        positions.add(message.id(), position);
    }

    /** Forgets what was noted: mails may have been deleted, and a fetched one is not to go out then. */
    void forget() {
        positions.clear();
    }

    private InputStream open(Message message) throws IOException {
        Optional<JournalPosition> noted = positions.take(message.id());
        if (noted.isPresent()) {
            return new ByteArrayInputStream(recorded(message, noted.get()));
        }
        Found found = find(message);
        return found.place().equals(FILE)
                ? Files.newInputStream(file(message.id()))
                : new ByteArrayInputStream(octets(message, found));
    }

    private byte[] octets(Message message) throws IOException {
        Optional<JournalPosition> noted = positions.take(message.id());
        return noted.isPresent() ? recorded(message, noted.get()) : octets(message, find(message));
    }

    private byte[] octets(Message message, Found found) throws IOException {
        return switch (found.place()) {
            case ROW -> found.content();
            case FILE -> Files.readAllBytes(file(message.id()));
            default -> recorded(message, new JournalPosition(found.segment(), found.position()));
        };
    }

    private Found find(Message message) throws IOException {
        return reader
                .read(sql -> sql.query(
                        row -> new Found(row.getString(1), row.getLong(2), row.getLong(3), row.getBytes(4)),
                        "SELECT place, segment, position, content FROM message WHERE id = ?",
                        message.id()))
                .stream()
                .findFirst()
                .orElseThrow(() -> new IOException("mail " + message.id() + " is not in the queue any more"));
    }

    private byte[] recorded(Message message, JournalPosition position) throws IOException {
        long size = message.size();
        if (size < 0 || size > LONGEST) {
            throw new IOException("mail " + message.id() + " of " + size + " octets cannot be in the journal");
        }
        return journal.readEnd(position, (int) size);
    }

    /** The file of a large content. */
    Path file(String id) {
        String spread = String.format(Locale.ROOT, "%04x", id.hashCode() & 0xFFFF);
        return folder.resolve(spread.substring(0, 2))
                .resolve(spread.substring(2))
                .resolve(id);
    }

    Path unfinished(String id) {
        Path file = file(id);
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** Puts the name of a complete file on the medium, and those of its folders within the one of all contents. */
    static void forceFolders(Path file) throws IOException {
        Path parent = file.getParent();
        for (int i = 0; i < 3 && parent != null; i++) {
            Folders.force(parent);
            parent = parent.getParent();
        }
    }

    void remove(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("the content of mail {} cannot be removed: {}", id, e.getMessage());
        }
    }

    /** Removes files that belong to no mail: what was being written when the process ended. */
    void sweep() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = String.valueOf(file.getFileName());
                boolean known = !name.endsWith(UNFINISHED) && isKnown(name);
                if (!known) {
                    LOG.info("removing {}, which belongs to no mail", file);
                    Files.delete(file);
                }
            }
        }
    }

    private boolean isKnown(String id) throws IOException {
        Optional<Integer> found =
                reader.read(sql -> sql.query(row -> row.getInt(1), "SELECT 1 FROM message WHERE id = ?", id)).stream()
                        .findFirst();
        return found.isPresent();
    }
}
