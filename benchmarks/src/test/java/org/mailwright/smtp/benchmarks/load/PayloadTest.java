package org.mailwright.smtp.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @ParameterizedTest
    @ValueSource(
            longs = {128, 129, 130, 131, 1024, 10_240, 1 << 20, (1 << 20) + 45, (1 << 20) + 46, (1 << 20) + 47, 3 << 20
            })
    void isExactlyAsLongAsAskedForAndEndsInADot(long size) {
        String text = text(new Payload(size));
        assertTrue(text.endsWith("\r\n.\r\n"));
        String mail = text.substring(0, text.length() - 3);
        assertEquals(size, mail.length());
        assertTrue(mail.contains("\r\n\r\n"), "header section ends");
        assertFalse(mail.replace("\r\n", "").matches("(?s).*[\r\n].*"), "no bare CR or LF");
        assertFalse(mail.contains("\r\n."), "no line begins with a dot");
        for (String line : mail.split("\r\n", -1)) {
            assertTrue(line.length() <= 998, "line length");
        }
    }

    @Test
    void refusesASizeBelowItsHeader() {
        assertThrows(IllegalArgumentException.class, () -> new Payload(40));
    }

    @Test
    void givesTheSameBytesAgain() {
        Payload payload = new Payload(5000);
        assertEquals(text(payload), text(payload));
    }

    private static String text(Payload payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer part : payload.buffers()) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
