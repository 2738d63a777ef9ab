package org.mailwright.smtp.core.mail;

import org.mailwright.smtp.core.wire.LineEnds;

/**
 * What one look through content found.
 *
 * @param size octets once all line ends are CRLF, the last included
 * @param encoded octets with dots stuffed as well, without the final dot line
 * @param content whether there are octets beyond US-ASCII
 */
record BodyScan(long size, long encoded, Body.Content content) {

    /** Tells whether the octets can go out as they are. */
    boolean clean(int octets) {
        return encoded == octets;
    }

    static BodyScan of(byte[] octets) {
        long size = octets.length;
        long dots = 0;
        int line = 0;
        while (line < octets.length) {
            dots += octets[line] == '.' ? 1 : 0;
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
                size, size + dots, LineEnds.ascii(octets) ? Body.Content.SEVEN_BIT : Body.Content.EIGHT_BIT);
    }
}
