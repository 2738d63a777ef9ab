package org.mailwright.smtp.ext.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.text.Ascii;

/** Collects the values of one header field as a mail streams by. Keeps a bounded part of the header, line by line. */
final class HeaderFields {

    /** Longer fields are not judged: nobody writes them in good faith. */
    private static final int LONGEST = 4096;

    private static final int MOST = 16;

    private final String prefix;
    private final StringBuilder field = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private boolean lineStart = true;
    private boolean overlong;
    private boolean ended;

    HeaderFields(String name) {
        this.prefix = Ascii.lower(name) + ":";
    }

    /** Tells whether the header is over. */
    boolean ended() {
        return ended;
    }

    /** Returns what stands behind the colon, unfolded. */
    List<String> values() {
        return List.copyOf(values);
    }

    /** Reads on; the position of the buffer stays. */
    void read(ByteBuffer octets) {
        for (int at = octets.position(); at < octets.limit() && !ended; at++) {
            read(octets.get(at));
        }
    }

    private void read(byte octet) {
        if (lineStart && octet != ' ' && octet != '\t') {
            end();
            ended = octet == '\r';
        }
        lineStart = octet == '\n';
        if (octet == '\r' || octet == '\n') {
            return;
        }
        boolean ours = field.length() < prefix.length() || matches();
        if (ours && field.length() < LONGEST) {
            field.append((char) (octet & 0xFF));
        } else {
            overlong |= ours;
        }
    }

    /** Takes the field that has come, if it is one of ours. Called also when the content is over. */
    void end() {
        if (matches() && !overlong && values.size() < MOST) {
            byte[] octets = field.substring(prefix.length()).getBytes(StandardCharsets.ISO_8859_1);
            values.add(new String(octets, StandardCharsets.UTF_8).strip());
        }
        field.setLength(0);
        overlong = false;
    }

    private boolean matches() {
        return field.length() >= prefix.length()
                && Ascii.equalsIgnoreCase(field.subSequence(0, prefix.length()), prefix);
    }
}
