package org.mailwright.smtp.core.mail;

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
        int all = 0;
        int before = '\n';
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i];
            all |= octet;
            if (octet == '\n') {
                size += before == '\r' ? 0 : 1;
            } else if (before == '\r') {
                size++;
                dots += octet == '.' ? 1 : 0;
            } else if (octet == '.' && before == '\n') {
                dots++;
            }
            before = octet;
        }
        if (octets.length > 0 && before == '\r') {
            size++;
        } else if (before != '\n') {
            size += 2;
        }
        return new BodyScan(size, size + dots, all < 0 ? Body.Content.EIGHT_BIT : Body.Content.SEVEN_BIT);
    }
}
