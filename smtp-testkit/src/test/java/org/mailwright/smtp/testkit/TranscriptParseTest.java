package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

class TranscriptParseTest {

    private static byte[] octets(String transcript) {
        Act.Send send = (Act.Send) Transcript.parse("t", transcript).acts().getFirst();
        return send.octets().toArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void joinsWhatTheClientSaysTogether() {
        assertArrayEquals(bytes("EHLO x\r\n\r\n.\r"), octets("C: EHLO x\n# remark\n\nC:\nR: .\\r\nS: 250 x"));
    }

    @Test
    void knowsEscapesAndRepeats() {
        assertArrayEquals(bytes("a\r\n\t\0 \\\u00ff*ab ab ab "), octets("R: a\\r\\n\\t\\0\\s\\\\\\xFf*\nR*3: ab\\s"));
        assertArrayEquals(bytes("\\n\u00c3\u00a4\r\n"), octets("C: \\n\u00e4"));
    }

    @Test
    void leavesSocketsOutWhereTimeMoves() {
        assertEquals(Set.of(Way.values()), Transcript.parse("t", "S: 220").ways());
        assertEquals(
                Set.of(Way.MEMORY, Way.OCTETS),
                Transcript.parse("t", "S: 220\nWAIT 5m").ways());
        assertEquals(
                Set.of(Way.SOCKET), Transcript.parse("t", "WAYS socket\nS: 220").ways());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        X: y           | t:2: "X:" is none of C: R: R*N: S: S*: S!:
        FROB           | t:2: "FROB" is none of TLS, SHUT, DROP, WAIT, STOP, CLOSED, WAYS, nor C: R: S: S*: S!:
        R: \\q         | t:2: not an escape: \\q; known are \\r \\n \\t \\0 \\s \\\\ \\xNN
        R: \\x1        | t:2: not an escape: \\x; known are \\r \\n \\t \\0 \\s \\\\ \\xNN
        R*9999999: x   | t:2: expected R*N with N up to 1000000, found R*9999999
        S*: 999        | t:2: expected a reply code and perhaps a pattern, found "999"
        WAIT a while   | t:2: expected a time such as 30s, 5m or 100ms, found "a while"
        WAYS none      | t:2: expected some of memory, octets, socket, found "none"
        """)
    void namesTheLineThatIsWrong(String line, String message) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Transcript.parse("t", "S: 220\n" + line));
        assertEquals(message, wrong.getMessage());
    }

    @Test
    void refusesWhatHasNoAct() {
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse("t", "# nothing"));
        assertThrows(
                IllegalArgumentException.class, () -> Transcript.resource(TranscriptParseTest.class, "no-such.smtp"));
    }

    @Test
    void matchesWholeLinesOnly() {
        assertTrue(new Pattern("250 *ok*").matches("250 it is ok."));
        assertTrue(new Pattern("250 \\*(a.b)").matches("250 *(a.b)"));
        assertFalse(new Pattern("250 \\*(a.b)").matches("250 x(a.b)"));
        assertFalse(new Pattern("250 (a.b)").matches("250 (axb)"));
        assertFalse(new Pattern("250").matches("250 "));
    }

    private static String failureOf(String transcript) {
        TranscriptRun run = new TranscriptRun(Transcript.parse("t", transcript), Way.MEMORY);
        return String.valueOf(assertThrows(AssertionFailedError.class, () -> run.play(TestService.mx()))
                .getMessage());
    }

    @Test
    void tellsWhatTheServerSaidInstead() {
        assertEquals("""
            t:3: expected 250 no, found 503 5.5.1 Send EHLO first
            The dialogue so far:
            S: 220 mx.example.test ESMTP
            C: DATA\\r\\n
            S: 503 5.5.1 Send EHLO first
            """, failureOf("S: 220 *\nC: DATA\nS: 250 no"));
        assertTrue(failureOf("S: 220 *\nC: NOOP\nC: NOOP\nS: 250 *\nC: NOOP")
                .startsWith("t:5: expected no more of the server, found 250 2.0.0 OK\\r\\n"));
        assertTrue(failureOf("S: 220 *\nS: 220 *").startsWith("t:2: expected 220 *, found nothing"));
        assertTrue(failureOf("S: 220 *\nC: QUIT\nS: 221 *\nS: 2").contains("found a closed connection"));
        assertTrue(failureOf("S: 220 *\nCLOSED").startsWith("t:2: expected a closed connection, found an open one"));
        assertTrue(failureOf("S: 220 *\nC: EHLO x\nS*: 250 SIZE*").contains("expected 250 with SIZE*"));
        assertTrue(failureOf("S: 220 *\nC: EHLO x\nS!: 250 PIPE*").contains("expected 250 without PIPE*"));
    }

    @Test
    void passesWhatIsAsItShouldBe() throws IOException {
        TranscriptRun run = new TranscriptRun(Transcript.parse("t", "S: 220 *\nC: EHLO x\nS!: 250 SIZE*"), Way.MEMORY);
        assertEquals(List.of(), run.play(TestService.mx()));
    }
}
