package org.mailwright.smtp.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailwright.smtp.core.command.Command;

/**
 * Cuts the input into lines. Only CRLF ends a line (RFC 5321 §2.3.8): a bare CR or LF is a control character within the
 * line, and makes it malformed. A line beyond the limit is reported once, when its end has come, and never cut in two.
 *
 * @since 0.1.0
 */
public final class LineSplitter {

    /** One line, or what was wrong with it. */
    public sealed interface Line {
        /** A line without its CRLF: US-ASCII or valid UTF-8, free of control characters. */
        record Text(String text, int octets) implements Line {}

        /** The line was longer than the limit; all of it has been dropped. */
        record TooLong() implements Line {}

        /** The line has control characters (bare CR, bare LF and NUL among them), or octets that are not UTF-8. */
        record Malformed() implements Line {}

        /** A line has more octets beyond its limit than anyone is allowed. */
        record Flood() implements Line {}
    }

    private static final Optional<Line> TOO_LONG = Optional.of(new Line.TooLong());
    private static final Optional<Line> MALFORMED = Optional.of(new Line.Malformed());
    private static final Optional<Line> FLOOD = Optional.of(new Line.Flood());

    private final int flood;
    private int scanned;
    private long dropped;
    private boolean dropping;
    private boolean droppedCr;

    /**
     * A splitter at the beginning of a line.
     *
     * @param flood octets of one line beyond its limit that are read and dropped before the peer is given up
     */
    public LineSplitter(int flood) {
        this.flood = flood;
    }

    /**
     * Takes the next line from the input.
     *
     * @param limit octets of the line with its CRLF
     * @return empty when its end has not come yet
     */
    public Optional<Line> next(Input input, int limit) {
        byte[] octets = input.octets();
        int from = input.from();
        int to = input.to();
        if (dropping) {
            return drop(input, limit);
        }
        for (int at = from + scanned; at < to; at++) {
            if (octets[at] == '\n' && at > from && octets[at - 1] == '\r') {
                scanned = 0;
                input.consumeTo(at + 1);
                int length = at + 1 - from;
                return length > limit ? excess(length, limit) : decode(octets, from, length - 2);
            }
        }
        scanned = to - from;
        if (scanned <= limit) {
            return Optional.empty();
        }
        dropping = true;
        dropped = 0;
        scanned = 0;
        return drop(input, limit);
    }

    /** Forgets the line that has begun. */
    public void reset() {
        scanned = 0;
        dropping = false;
        droppedCr = false;
    }

    private Optional<Line> drop(Input input, int limit) {
        byte[] octets = input.octets();
        int from = input.from();
        int to = input.to();
        boolean cr = droppedCr;
        for (int at = from; at < to; at++) {
            if (cr && octets[at] == '\n') {
                long length = dropped + at + 1 - from;
                reset();
                input.consumeTo(at + 1);
                return excess(length, limit);
            }
            cr = octets[at] == '\r';
        }
        droppedCr = cr;
        dropped += to - from;
        input.consumeTo(to);
        return dropped - limit > flood ? FLOOD : Optional.empty();
    }

    private Optional<Line> excess(long length, int limit) {
        return length - limit > flood ? FLOOD : TOO_LONG;
    }

    private static Optional<Line> decode(byte[] octets, int from, int length) {
        boolean ascii = true;
        for (int at = from; at < from + length; at++) {
            byte octet = octets[at];
            if (octet < ' ') {
                if (octet >= 0) {
                    return MALFORMED;
                }
                ascii = false;
            } else if (octet == 127) {
                return MALFORMED;
            }
        }
        if (ascii) {
            return Optional.of(
                    new Line.Text(new String(octets, from, length, StandardCharsets.ISO_8859_1), length + 2));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, length))
                    .toString();
            return Command.firstControl(text) >= 0 ? MALFORMED : Optional.of(new Line.Text(text, length + 2));
        } catch (CharacterCodingException notUtf8) {
            return MALFORMED;
        }
    }
}
