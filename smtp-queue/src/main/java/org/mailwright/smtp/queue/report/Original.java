package org.mailwright.smtp.queue.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/**
 * The mail that is reported of, as far as a report may hold it.
 *
 * @param whole all of it, if it is small enough and made of lines that may be sent
 * @param header its header without the empty line after it, bounded, made of lines that may be sent
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Original(Optional<byte[]> whole, byte[] header) {

    private static final int MOST_HEADER = 64 * 1024;
    private static final int LONGEST_LINE = 998; // RFC 5322 section 2.1.1
    private static final int LONGEST_MESSAGE_ID = 250;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]+@[!-;=?-~]+>");
    private static final Pattern FOLD = Pattern.compile("\r\n(?=[ \t])");

    /**
     * Reads it.
     *
     * @param most octets of a mail that is kept whole
     */
    static Original read(Body content, int most) throws IOException {
        int room = Math.max(most, MOST_HEADER);
        byte[] octets;
        try (InputStream in = content.open()) {
            octets = in.readNBytes(room + 1);
        }
        boolean cut = octets.length > room;
        octets = withCrlf(octets);
        boolean fits = !cut && octets.length <= most && sendable(octets);
        return new Original(fits ? Optional.of(octets) : Optional.empty(), headerOf(octets));
    }

    /** Returns its name for itself, if it has one that is well-formed (RFC 5322 section 3.6.4). */
    Optional<String> messageId() {
        return field("Message-ID")
                .filter(id -> id.length() <= LONGEST_MESSAGE_ID
                        && MESSAGE_ID.matcher(id).matches());
    }

    /** Returns its subject for people to read; may hold any character. */
    Optional<String> subject() {
        return field("Subject").map(EncodedWords::decode);
    }

    private Optional<String> field(String name) {
        String unfolded =
                FOLD.matcher(new String(header, StandardCharsets.UTF_8)).replaceAll("");
        for (String line : unfolded.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && Ascii.equalsIgnoreCase(line.substring(0, colon).strip(), name)) {
                return Optional.of(line.substring(colon + 1).strip()).filter(value -> !value.isEmpty());
            }
        }
        return Optional.empty();
    }

    /** All line ends as CRLF, the last included. */
    private static byte[] withCrlf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 2);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\r' || octets[i] == '\n') {
                out.write('\r');
                out.write('\n');
                i += octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n' ? 1 : 0;
            } else {
                out.write(octets[i]);
            }
        }
        if (octets.length > 0 && octets[octets.length - 1] != '\n' && octets[octets.length - 1] != '\r') {
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static boolean sendable(byte[] octets) {
        int start = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == 0) {
                return false;
            }
            if (octets[i] == '\n') {
                if (i - 1 - start > LONGEST_LINE) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    /** The lines up to the first that belongs to no field, which is the empty one where all is well. */
    private static byte[] headerOf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(octets.length, MOST_HEADER));
        int start = 0;
        for (int end = 1; end < octets.length; end++) {
            if (octets[end] != '\n') {
                continue;
            }
            boolean continued = out.size() > 0 && (octets[start] == ' ' || octets[start] == '\t');
            if (!continued && !beginsField(octets, start)) {
                break;
            }
            int length = Math.min(end - 1 - start, LONGEST_LINE);
            if (length < end - 1 - start) {
                length = characterStart(octets, start, length);
            }
            if (out.size() + length + 2 > MOST_HEADER) {
                break;
            }
            for (int i = start; i < start + length; i++) {
                out.write(octets[i] == 0 ? '?' : octets[i]);
            }
            out.write('\r');
            out.write('\n');
            start = end + 1;
        }
        return out.toByteArray();
    }

    private static boolean beginsField(byte[] octets, int start) {
        int i = start;
        while (octets[i] > ' ' && octets[i] < 0x7F && octets[i] != ':') {
            i++;
        }
        boolean named = i > start;
        while (octets[i] == ' ' || octets[i] == '\t') {
            i++;
        }
        return named && octets[i] == ':';
    }

    /** A cut between characters, where the line is UTF-8. */
    private static int characterStart(byte[] octets, int start, int length) {
        int shorter = length;
        while (length - shorter < 4
                && shorter > 0
                && Utf8.decode(octets, start, shorter).isEmpty()) {
            shorter--;
        }
        return Utf8.decode(octets, start, shorter).isPresent() ? shorter : length;
    }
}
