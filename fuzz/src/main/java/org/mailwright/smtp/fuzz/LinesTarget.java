package org.mailwright.smtp.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.core.wire.Input;
import org.mailwright.smtp.core.wire.LineSplitter;
import org.mailwright.smtp.core.wire.LineSplitter.Line;

/**
 * Lines out of octets: only CRLF ends one, however the octets are cut; each has its bound; no more is kept than that.
 *
 * @since 0.1.0
 */
public final class LinesTarget {

    private LinesTarget() {}

    /** Takes two octets, the bounds, then what arrives. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int limit = 2 + (data[0] & 0xFF);
        int flood = data[1] & 0xFF;
        byte[] octets = Arrays.copyOfRange(data, 2, data.length);
        List<Line> expected = expected(octets, limit, flood);
        for (Cuts cuts : Cuts.values()) {
            Check.same(expected, found(octets, limit, flood, cuts), "lines of " + cuts);
        }
    }

    private static List<Line> found(byte[] octets, int limit, int flood, Cuts cuts) {
        LineSplitter splitter = new LineSplitter(flood);
        Input input = new Input();
        List<Line> lines = new ArrayList<>();
        cuts.of(octets, 0, octets.length, (from, to) -> {
            byte[] shared = Arrays.copyOfRange(octets, from, to);
            input.add(shared, 0, shared.length);
            Optional<Line> next = splitter.next(input, limit);
            while (next.isPresent()) {
                lines.add(next.get());
                if (next.get() instanceof Line.Flood) {
                    return false;
                }
                next = splitter.next(input, limit);
            }
            input.retain();
            Arrays.fill(shared, (byte) 'x'); // it belongs to the transport again
            Check.that(input.size() <= limit, "keeps " + input.size() + " octets of a line of at most " + limit);
            return true;
        });
        return lines;
    }

    private static List<Line> expected(byte[] octets, int limit, int flood) {
        String text = Check.latin(octets);
        List<Line> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf("\r\n", at);
            int length = (end < 0 ? text.length() : end + 2) - at;
            if (length > limit + flood) {
                lines.add(new Line.Flood());
                return lines;
            }
            if (end < 0) {
                return lines;
            }
            lines.add(length > limit ? new Line.TooLong() : line(Arrays.copyOfRange(octets, at, end)));
            at = end + 2;
        }
        return lines;
    }

    private static Line line(byte[] octets) {
        Optional<String> text = Utf8.decode(octets);
        return text.isEmpty() || Command.firstControl(text.get()) >= 0
                ? new Line.Malformed()
                : new Line.Text(text.get(), octets.length + 2);
    }
}
