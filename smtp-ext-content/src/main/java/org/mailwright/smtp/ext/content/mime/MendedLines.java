package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.mailwright.smtp.core.wire.DotEncoder;

/** Makes each line end CRLF, before base64 hides them. */
final class MendedLines extends PieceStream {

    private static final int PIECE = 8192;

    private final InputStream in;
    private final DotEncoder lines = new DotEncoder(false);

    MendedLines(InputStream in) {
        this.in = in;
    }

    @Override
    byte[] piece() throws IOException {
        byte[] octets = in.readNBytes(PIECE);
        if (octets.length == 0) {
            return NOTHING;
        }
        byte[] out = new byte[DotEncoder.worstCase(octets.length)];
        return Arrays.copyOf(out, lines.encode(octets, 0, octets.length, out, 0));
    }
}
