package org.mailwright.smtp.core.extension;

import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Chooses how the content of a mail is put on the wire. Must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BodyWriter {

    /** Returns how; empty when this mail is not for this writer. */
    Optional<Framing> framing(OutgoingMail mail, PeerView peer);

    /** How content is told from commands. */
    sealed interface Framing {

        /**
         * A command asks for leave (354); then come lines, dots stuffed, up to CRLF.CRLF (RFC 5321 §4.1.1.4).
         *
         * @param command DATA
         */
        record Dotted(Command command) implements Framing {}

        /**
         * Chunks, each behind a command that says how long it is, each answered (RFC 3030 §2).
         *
         * @param size octets of a chunk, except the last: 1024 or more
         * @param lines whether line ends are made CRLF; false for binary content
         * @param header makes the command
         */
        record Chunked(int size, boolean lines, Header header) implements Framing {
            /** Checks the size. */
            public Chunked {
                if (size < 1024) {
                    throw new IllegalArgumentException("size of a chunk is " + size + ", less than 1024 octets");
                }
            }
        }
    }

    /** Makes the command in front of a chunk. */
    @FunctionalInterface
    interface Header {
        /**
         * Returns the command.
         *
         * @param octets of the chunk, 0 or more
         * @param last whether no other follows
         */
        Command of(long octets, boolean last);
    }
}
