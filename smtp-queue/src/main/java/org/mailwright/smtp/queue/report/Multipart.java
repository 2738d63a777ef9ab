package org.mailwright.smtp.queue.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a report, and how they become one content (RFC 6522, RFC 2046 section 5.1).
 *
 * @param parts in their order
 */
record Multipart(List<Part> parts) {

    /**
     * One part.
     *
     * @param type what stands in its Content-Type
     * @param octets whole lines that end in CRLF
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Part(String type, byte[] octets) {}

    Multipart {
        parts = List.copyOf(parts);
    }

    /**
     * Returns the whole mail.
     *
     * @param header fields with their line ends, in US-ASCII or UTF-8
     * @param id becomes the boundary, with a number that makes it one that no part holds
     */
    byte[] write(String header, String id) {
        String boundary = boundary(id);
        boolean eightBit = parts.stream().anyMatch(part -> isEightBit(part.octets()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        text(
                out,
                header
                        + "MIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/report; report-type=delivery-status;\r\n"
                        + " boundary=\""
                        + boundary + "\"\r\n" + encoding(eightBit)
                        + "\r\nThis is a report in parts, as of RFC 6522.\r\n");
        for (Part part : parts) {
            text(out, "\r\n--" + boundary + "\r\nContent-Type: " + part.type() + "\r\n");
            text(out, encoding(isEightBit(part.octets())) + "\r\n");
            out.writeBytes(part.octets());
        }
        text(out, "\r\n--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private String boundary(String id) {
        for (int number = 0; ; number++) {
            String boundary = "=_" + id + "_" + number;
            byte[] line = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
            if (parts.stream().noneMatch(part -> holds(part.octets(), line))) {
                return boundary;
            }
        }
    }

    private static boolean holds(byte[] octets, byte[] line) {
        for (int i = 0; i <= octets.length - line.length; i++) {
            if (octets[i] == '-' && Arrays.equals(octets, i, i + line.length, line, 0, line.length)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether there are octets beyond US-ASCII. */
    static boolean isEightBit(byte[] octets) {
        int all = 0;
        for (byte octet : octets) {
            all |= octet;
        }
        return all < 0;
    }

    private static String encoding(boolean eightBit) {
        return "Content-Transfer-Encoding: " + (eightBit ? "8bit" : "7bit") + "\r\n";
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
