package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineEndsTest {
    @ParameterizedTest
    @CsvSource({
        "a\\r\\nb\\r\\n, a\\nb\\n",
        "\\r\\r\\n, \\r\\n",
        "a\\rb, a\\rb",
        "a\\r, a\\r",
        "\\n, \\n",
        "a\\r\\n\\r, a\\n\\r"
    })
    void convertsWhereverThePiecesEnd(String escaped, String expected) {
        byte[] wire = octets(escaped);
        for (int size = 1; size <= wire.length; size++) {
            LineEnds lineEnds = new LineEnds();
            ByteBuffer file = ByteBuffer.allocate(64);
            for (int at = 0; at < wire.length; at += size) {
                lineEnds.convert(ByteBuffer.wrap(wire, at, Math.min(size, wire.length - at)), file);
            }
            lineEnds.end(file);
            assertEquals(
                    new String(octets(expected), StandardCharsets.ISO_8859_1),
                    new String(file.array(), 0, file.position(), StandardCharsets.ISO_8859_1),
                    "pieces of " + size);
        }
    }

    private static byte[] octets(String escaped) {
        return escaped.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    }
}
