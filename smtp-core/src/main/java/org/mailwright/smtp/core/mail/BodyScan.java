package org.mailwright.smtp.core.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.wire.LineEnds;

/**
 * What one look through content found.
 *
 * @param size octets once all line ends are CRLF, the last included
 * @param encoded octets with dots stuffed as well, without the final dot line
 * @param content whether there are octets beyond US-ASCII
 * @param dots where lines begin with a dot, if all lines end in CRLF, the last too, and there are few
 */
record BodyScan(long size, long encoded, Body.Content content, Optional<List<Integer>> dots) {

    /** Dots are rare. Where they are not, it is no loss to look for them again. */
    private static final int FEW = 64;

    /** Tells whether the octets can go out as they are. */
    boolean clean(int octets) {
        return encoded == octets;
    }

    static BodyScan of(byte[] octets) {
        long size = octets.length;
        List<Integer> first = new ArrayList<>(1);
        long dots = 0;
        int line = 0;
        while (line < octets.length) {
            if (octets[line] == '.') {
                dots++;
                if (dots <= FEW) {
                    first.add(line);
                }
            }
            int end = LineEnds.next(octets, line, octets.length);
            if (end == octets.length) {
                size += 2; // the last one has no end
                line = end;
            } else if (octets[end] == '\r' && end + 1 < octets.length && octets[end + 1] == '\n') {
                line = end + 2;
            } else {
                size++; // half of an end
                line = end + 1;
            }
        }
        return new BodyScan(
                size,
                size + dots,
                LineEnds.ascii(octets) ? Body.Content.SEVEN_BIT : Body.Content.EIGHT_BIT,
                size == octets.length && dots <= FEW ? Optional.of(List.copyOf(first)) : Optional.empty());
    }
}
