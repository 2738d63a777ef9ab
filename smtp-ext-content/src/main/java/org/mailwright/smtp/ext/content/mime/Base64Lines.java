package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Encodes in base64, 76 characters to a line (RFC 2045 §6.8). */
final class Base64Lines extends PieceStream {

    private static final int OCTETS_OF_A_LINE = 57;
    private static final int PIECE = 100 * OCTETS_OF_A_LINE;

    private final InputStream in;

    Base64Lines(InputStream in) {
        this.in = in;
    }

    @Override
    byte[] piece() throws IOException {
        byte[] octets = in.readNBytes(PIECE);
        return octets.length == 0
                ? NOTHING
                : (Base64.getMimeEncoder().encodeToString(octets) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
