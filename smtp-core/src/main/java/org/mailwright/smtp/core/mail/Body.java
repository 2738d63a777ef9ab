package org.mailwright.smtp.core.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The content of a mail to be sent: octets from memory, a file or a stream. Line ends may be CRLF, LF or CR; all go out
 * as CRLF, dots are stuffed and a last line end is added on the way, so no content can end a mail early.
 *
 * @since 0.1.0
 */
public interface Body {

    /** What octets there are. */
    enum Content {
        /** US-ASCII without NUL. */
        SEVEN_BIT,
        /** Octets beyond US-ASCII, in lines (RFC 6152). */
        EIGHT_BIT,
        /** Known only when it has been read. */
        UNKNOWN
    }

    /** Returns the octets, when they are in memory anyway: then sending never blocks. */
    default Optional<MemoryBody> memory() {
        return Optional.empty();
    }

    /**
     * Returns the size in octets with all line ends as CRLF, when it is known; an estimate where line ends are not
     * CRLF.
     */
    OptionalLong size();

    /** Returns what is known of the octets. */
    default Content content() {
        return Content.UNKNOWN;
    }

    /** Tells whether it can be opened more than once, so that a mail can be tried again over another connection. */
    boolean replayable();

    /**
     * Opens it for reading. May block; so may reading. The caller closes the stream.
     *
     * @throws IOException when it cannot be read: the mail is not sent
     */
    InputStream open() throws IOException;

    /**
     * Returns all octets, read into memory where they are not; do not change them. May block, as {@link #open} may.
     * Whoever asks sees to it that there is room.
     *
     * @throws IOException when they cannot be read
     */
    default byte[] octets() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /**
     * Returns a body in memory.
     *
     * @param octets must not be changed from now on
     */
    static Body of(byte[] octets) {
        return new MemoryBody(octets, true);
    }

    /**
     * Returns a body in memory of which no more is known than of one in a file: its content is {@link Content#UNKNOWN},
     * its size the number of octets.
     *
     * @param octets must not be changed from now on
     */
    static MemoryBody unexamined(byte[] octets) {
        return new MemoryBody(octets, false);
    }

    /** Returns a body in a file, which must not change while it is sent. */
    static Body of(Path file) {
        return new FileBody(file);
    }

    /**
     * Returns a body from a stream that can be opened as often as needed.
     *
     * @param size octets of the stream, when known
     */
    static Body of(OptionalLong size, Source source) {
        return new StreamBody(size, true, source);
    }

    /**
     * Returns a body from a stream that can be read once. A mail with it is never tried a second time.
     *
     * @param stream closed when it has been read
     */
    static Body once(OptionalLong size, InputStream stream) {
        return new StreamBody(size, false, () -> stream);
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Source {
        /** Returns a stream from the first octet on. */
        InputStream open() throws IOException;
    }

    /** A body in a file. */
    record FileBody(Path file) implements Body {
        @Override
        public OptionalLong size() {
            try {
                return OptionalLong.of(Files.size(file));
            } catch (IOException e) {
                return OptionalLong.empty(); // open() says why
            }
        }

        @Override
        public boolean replayable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /** A body from a stream. */
    record StreamBody(OptionalLong size, boolean replayable, Source source) implements Body {
        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }

    /** A body in memory; it is looked through once, at the latest when it goes out. */
    final class MemoryBody implements Body {

        private final byte[] octets;
        private final boolean examined;
        private volatile @Nullable BodyScan scan;

        MemoryBody(byte[] octets, boolean examined) {
            this.octets = octets;
            this.examined = examined;
        }

        /** Returns the same octets as a body of which all is known; they are not looked through again for that. */
        public MemoryBody examined() {
            MemoryBody body = new MemoryBody(octets, true);
            body.scan = scan();
            return body;
        }

        private BodyScan scan() {
            BodyScan known = scan;
            if (known == null) {
                known = BodyScan.of(octets);
                scan = known;
            }
            return known;
        }

        /** Returns the octets themselves: do not change them. */
        @Override
        public byte[] octets() {
            return octets;
        }

        /** Tells whether every line ends in CRLF, the last too, and none begins with a dot: goes out as it is. */
        public boolean clean() {
            return scan().clean(octets.length);
        }

        /**
         * Returns the indexes of the lines that begin with a dot, in order, if every line ends in CRLF, the last too:
         * nothing else changes on the way. Empty where line ends are others, or such lines are many.
         */
        public Optional<List<Integer>> dots() {
            return scan().dots();
        }

        /** Returns the number of octets with CRLF line ends and dots stuffed, without the last line with the dot. */
        public long encodedSize() {
            return scan().encoded();
        }

        /** Tells whether all octets are US-ASCII, whatever {@link #content} says. */
        public boolean ascii() {
            return scan().content() == Content.SEVEN_BIT;
        }

        @Override
        public Optional<MemoryBody> memory() {
            return Optional.of(this);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(examined ? scan().size() : octets.length);
        }

        @Override
        public Content content() {
            return examined ? scan().content() : Content.UNKNOWN;
        }

        @Override
        public boolean replayable() {
            return true;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(octets);
        }
    }
}
