package org.mailwright.smtp.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

class ReplyReaderTest {

    private static List<Reply> read(String octets, int step) throws ProtocolException {
        ReplyReader reader = new ReplyReader(600, 4);
        byte[] bytes = octets.getBytes(StandardCharsets.UTF_8);
        List<Reply> replies = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            at += reader.feed(bytes, at, Math.min(step, bytes.length - at));
            if (reader.complete()) {
                replies.add(reader.take());
                assertTrue(reader.empty());
            }
        }
        return replies;
    }

    @Test
    void readsRepliesHoweverTheyAreSplit() throws ProtocolException {
        String octets = "220 mx.example.org ESMTP\r\n250-mx.example.org\r\n250-SIZE 10\r\n250 PIPELINING\r\n354\r\n";
        for (int step = 1; step <= octets.length(); step++) {
            assertEquals(
                    List.of(
                            Reply.of(220, "mx.example.org ESMTP"),
                            Reply.of(250, "mx.example.org", "SIZE 10", "PIPELINING"),
                            Reply.of(354, "")),
                    read(octets, step));
        }
    }

    @Test
    void takesTheEnhancedCodeOffEachLine() throws ProtocolException {
        assertEquals(
                List.of(Reply.of(550, EnhancedCode.parse("5.1.1").orElseThrow(), "no such", "user", "")),
                read("550-5.1.1 no such\r\n550-5.1.1 user\r\n550 5.1.1\r\n", 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"550 2.0.0 accepted", "250 5.7.1 rejected", "250 2.1", "250-2.1.5 a\r\n250 b", "354 3.0.0 go"})
    void leavesAnEnhancedCodeInTheTextThatDoesNotFit(String octets) throws ProtocolException {
        Reply reply = read(octets + "\r\n", 5).get(0);
        assertEquals(Optional.empty(), reply.enhanced());
        assertEquals(Integer.parseInt(octets.substring(0, 3)), reply.code());
        assertEquals(
                octets.substring(4).lines().findFirst(),
                Optional.of(reply.lines().get(0)));
    }

    @Test
    void replacesControlCharacters() throws ProtocolException {
        assertEquals(List.of(Reply.of(250, "?[31mred? a?b ü")), read("250 \u001b[31mred\u0007 a\rb ü\r\n", 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "25 0\r\n",
                "\r\n",
                "250_ok\r\n",
                "150 wait\r\n",
                "999 what\r\n",
                "000 what\r\n",
                "250 ok\n",
                "\n",
                "250-a\r\n550 b\r\n",
                "250-a\r\n250-b\r\n250-c\r\n250-d\r\n250 e\r\n"
            })
    void refusesWhatIsNoReply(String octets) {
        ProtocolException e = assertThrows(ProtocolException.class, () -> read(octets, 3));
        assertTrue(String.valueOf(e.getMessage()).startsWith("The server's reply "), e.toString());
    }

    @Test
    void refusesALineWithoutEnd() throws ProtocolException {
        assertEquals(1, read("250 " + "x".repeat(594) + "\r\n", 50).size());
        assertThrows(ProtocolException.class, () -> read("250 " + "x".repeat(595) + "\r\n", 50));
        assertThrows(ProtocolException.class, () -> read("x".repeat(1_000_000), 65_536));
    }

    @Test
    void knowsWhetherSomethingIsPending() throws ProtocolException {
        ReplyReader reader = new ReplyReader(512, 2);
        assertTrue(reader.empty());
        reader.feed(new byte[] {'2'}, 0, 1);
        assertFalse(reader.empty());
        byte[] line = "20-a\r\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(line.length, reader.feed(line, 0, line.length));
        assertFalse(reader.empty());
        assertFalse(reader.complete());
        assertThrows(IllegalStateException.class, reader::take);
    }
}
