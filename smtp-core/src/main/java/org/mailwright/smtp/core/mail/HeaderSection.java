package org.mailwright.smtp.core.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.text.Ascii;

/**
 * The header section of one mail (RFC 5322 §2.1): its fields, as they came, up to the empty line.
 *
 * @since 0.1.0
 */
public final class HeaderSection {

    private final ByteBuffer octets;
    private final boolean whole;

    /**
     * A header section.
     *
     * @param octets the content of a mail from its first octet on; what follows the empty line is not looked at. Used
     *     as long as this object is, so they must not change
     * @param whole whether all of the header is there; else it is longer than what is held of it
     */
    public HeaderSection(ByteBuffer octets, boolean whole) {
        this.octets = octets.slice().asReadOnlyBuffer();
        this.whole = whole;
    }

    /** Tells whether all of it is there; else it was longer than what may be held of a header. */
    public boolean whole() {
        return whole;
    }

    /**
     * Returns the bodies of all fields of one name, in their order: unfolded, without the white space around them, read
     * as UTF-8.
     *
     * @param name of the field, in letters of any case, without the colon
     */
    public List<String> bodies(String name) {
        String lower = Ascii.lower(name);
        List<String> bodies = new ArrayList<>();
        int at = 0;
        while (at < octets.limit() && !isLineEnd(octets.get(at))) {
            int end = fieldEnd(at);
            int body = bodyOf(lower, at, end);
            if (body >= 0) {
                bodies.add(unfolded(body, end));
            }
            at = end;
        }
        return bodies;
    }

    /** Returns where the next field begins: behind the line end that no white space follows. */
    private int fieldEnd(int from) {
        for (int at = from; at < octets.limit(); at++) {
            if (octets.get(at) == '\n' && (at + 1 == octets.limit() || !isBlank(octets.get(at + 1)))) {
                return at + 1;
            }
        }
        return octets.limit();
    }

    /** Returns where the body of the field begins, or -1 when its name is another. */
    private int bodyOf(String name, int from, int end) {
        int at = from + name.length();
        if (at >= end) {
            return -1;
        }
        for (int i = 0; i < name.length(); i++) {
            byte octet = octets.get(from + i);
            if ((Ascii.isLetter(octet) ? octet | 0x20 : octet) != name.charAt(i)) {
                return -1;
            }
        }
        while (at < end && isBlank(octets.get(at))) {
            at++; // RFC 5322 §4.5: white space in front of the colon is read, and no longer written
        }
        return at < end && octets.get(at) == ':' ? at + 1 : -1;
    }

    private String unfolded(int from, int to) {
        byte[] body = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            if (!isLineEnd(octets.get(at))) {
                body[length++] = octets.get(at);
            }
        }
        return new String(body, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\r' || octet == '\n';
    }
}
