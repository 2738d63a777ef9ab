package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerScript;

class ChunkingClientTest {

    private static final Extension[] ALL = {
        new EightBitMimeExtension(), new ChunkingExtension(new ChunkingConfig(2000, 1024)), new BinaryMimeExtension()
    };
    private static final PeerScript GOOD = PeerScript.offering("PIPELINING", "8BITMIME", "CHUNKING", "BINARYMIME");
    private static final String BINARY = "Content-Type: image/x\r\nMIME-Version: 1.0\r\n\r\n\0\n\r\u00ff\r\n.\r\n";

    private static Sending send(PeerScript peer, OutgoingMail mail) throws Exception {
        return Sending.to(peer, mail, ALL);
    }

    private static OutgoingMail binary() {
        OutgoingMail mail = Sending.mail(Sending.body(BINARY));
        return mail.withAttributes(mail.attributes().with(BodyType.KEY, BodyType.BINARY_MIME));
    }

    private static List<String> chunks(Sending sent) {
        return sent.lines().stream().filter(line -> line.startsWith("BDAT")).toList();
    }

    @Test
    void sendsALargeMailInChunks() throws Exception {
        String large = ".23456789\r\n".repeat(200);
        Body streamed = Body.of(
                OptionalLong.of(large.length()),
                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII)));
        for (Body body : List.of(Sending.body(large), streamed)) {
            Sending sent = send(GOOD, Sending.mail(body));
            assertEquals(List.of("250 2.0.0 Taken"), sent.outcomes());
            assertEquals(List.of(large), sent.contents());
            assertEquals(List.of("BDAT 1024", "BDAT 1024", "BDAT 152 LAST"), chunks(sent));
            assertEquals(0, sent.said("DATA"));
        }
    }

    @Test
    void mendsLineEndsOnTheWay() throws Exception {
        Sending sent = send(GOOD, Sending.mail(Sending.body("line\n".repeat(500) + "end")));
        assertEquals(List.of("line\r\n".repeat(500) + "end\r\n"), sent.contents());
    }

    @Test
    void sendsASmallMailInLines() throws Exception {
        Sending sent = send(GOOD, Sending.mail(Sending.body("x\r\n")));
        assertEquals(1, sent.said("DATA"));
        assertEquals(List.of(), chunks(sent));
    }

    @Test
    void sendsALargeMailInLinesWhereChunksAreNotTaken() throws Exception {
        Sending sent = send(PeerScript.offering("8BITMIME"), Sending.mail(Sending.body("x\r\n".repeat(1000))));
        assertEquals(1, sent.said("DATA"));
        assertEquals(List.of("250 2.0.0 Taken"), sent.outcomes());
    }

    @Test
    void sendsBinaryContentAsItIs() throws Exception {
        Sending sent = send(GOOD, binary());
        assertEquals(List.of("MAIL FROM:<a@client.example> BODY=BINARYMIME"), sent.mail());
        assertEquals(List.of(BINARY), sent.contents());
        assertEquals(List.of("BDAT " + BINARY.length() + " LAST"), chunks(sent));
    }

    @Test
    void convertsBinaryContentForAPeerWithoutBinaryMime() throws Exception {
        for (PeerScript peer : List.of(
                PeerScript.offering("8BITMIME", "CHUNKING"),
                PeerScript.offering("8BITMIME", "BINARYMIME"),
                PeerScript.offering("PIPELINING"))) {
            Sending sent = send(peer, binary());
            assertEquals(List.of("250 2.0.0 Taken"), sent.outcomes());
            assertTrue(
                    sent.contents().getFirst().endsWith("Content-Transfer-Encoding: base64\r\n\r\nAAoN/w0KLg0K\r\n"));
            assertEquals(
                    0,
                    sent.lines().stream()
                            .filter(line -> line.contains("BINARY"))
                            .count());
        }
    }

    @Test
    void refusesSignedBinaryContentForAPeerWithoutBinaryMime() throws Exception {
        OutgoingMail signed = binary().withBody(
                        Sending.body("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\0\r\n--b--"));
        Sending sent = send(PeerScript.offering("8BITMIME", "CHUNKING"), signed);
        assertEquals(List.of(), sent.mail());
        assertTrue(
                sent.outcomes().getFirst().startsWith("554 5.6.3 "),
                () -> sent.outcomes().toString());
    }

    @Test
    void stopsAfterARefusedChunk() throws Exception {
        PeerScript full = GOOD.on("BDAT#2", "452 4.3.1 Disk full");
        Sending sent = send(full, Sending.mail(Sending.body("x\r\n".repeat(2000))));
        assertEquals(List.of("452 4.3.1 Disk full"), sent.outcomes());
        assertEquals(List.of("BDAT 1024", "BDAT 1024"), chunks(sent));
        assertEquals(1, sent.said("RSET"));
        assertEquals(List.of(), sent.contents());
    }

    /** RFC 3030 §3: binary content is sent to nobody who does not take it, also not by DATA. */
    @Test
    void stopsWhereBinaryMailIsRefused() throws Exception {
        Sending sent = send(GOOD.on("MAIL", "554 5.6.1 No binary mail here"), binary());
        assertEquals(List.of("554 5.6.1 No binary mail here"), sent.outcomes());
        assertEquals(List.of(), chunks(sent));
        assertEquals(0, sent.said("DATA"));
    }

    @Test
    void checksItsConfiguration() {
        assertThrows(IllegalArgumentException.class, () -> new ChunkingConfig(-1, 1024));
        assertThrows(IllegalArgumentException.class, () -> new ChunkingConfig(0, 1023));
        assertThrows(IllegalArgumentException.class, () -> new ChunkingConfig(0, ChunkingConfig.LARGEST + 1));
    }
}
