package org.mailwright.smtp.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private static final String DIALOGUE =
            "220 ready\r\n250-mx.example.test\r\n250-PIPELINING\r\n250 SIZE 1000\r\n250\r\n354 go\r\n";

    @Test
    void findsRepliesHoweverTheyAreCut() throws ProtocolException {
        for (int piece = 1; piece <= DIALOGUE.length(); piece++) {
            assertEquals(List.of(220, 250, 250, 354), codes(new ReplyReader(), DIALOGUE, piece), "pieces of " + piece);
        }
    }

    @Test
    void noticesPipeliningOnce() throws ProtocolException {
        ReplyReader reader = new ReplyReader();
        codes(reader, DIALOGUE, DIALOGUE.length());
        assertTrue(reader.tookPipelining());
        assertFalse(reader.tookPipelining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"250 bare line feed\n", "hello\r\n", "99 short\r\n", "250-first\r\n251 other\r\n", "700 high\r\n"
            })
    void refusesWhatIsNoReply(String text) {
        assertThrows(ProtocolException.class, () -> codes(new ReplyReader(), text, text.length()));
    }

    @Test
    void boundsALine() {
        String endless = "250 " + "x".repeat(4000);
        assertThrows(ProtocolException.class, () -> codes(new ReplyReader(), endless, endless.length()));
    }

    @Test
    void showsTheLastLineWithoutControlCharacters() throws ProtocolException {
        ReplyReader reader = new ReplyReader();
        codes(reader, "550 no\u0007such user\r\n", 3);
        assertEquals("550 nosuch user", reader.lastLine());
    }

    private static List<Integer> codes(ReplyReader reader, String text, int piece) throws ProtocolException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<Integer> codes = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += piece) {
            ByteBuffer part = ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from));
            for (int code = reader.next(part); code != 0; code = reader.next(part)) {
                codes.add(code);
            }
        }
        return codes;
    }
}
