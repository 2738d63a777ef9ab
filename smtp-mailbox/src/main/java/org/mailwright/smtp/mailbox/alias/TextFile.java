package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Small files of UTF-8. */
final class TextFile {
    private static final char MARK = '\uFEFF';

    private TextFile() {}

    /**
     * Reads a whole file; a byte order mark is left out.
     *
     * @param most octets that it may have
     * @throws AliasFileException when it has more, or is not UTF-8
     */
    static String read(Path file, int most, OpenOption... options) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file, options)) {
            octets = in.readNBytes(most + 1);
        }
        if (octets.length > most) {
            throw new AliasFileException(file, 0, "expected at most " + most + " octets, found more");
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw new AliasFileException(file, line(octets, in.position()), "expected UTF-8, found other octets");
        }
        String text = out.flip().toString();
        return text.indexOf(MARK) == 0 ? text.substring(1) : text;
    }

    private static int line(byte[] octets, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (octets[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
