package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.ext.content.EightBitMimeConfig.Missing;
import org.mailwright.smtp.testkit.PeerScript;

class EightBitClientTest {

    private static final String GREETING = "Subject: x\r\n\r\nGr\u00fc\u00dfe\r\n";
    private static final PeerScript WITH = PeerScript.offering("PIPELINING", "8BITMIME");
    private static final PeerScript WITHOUT = PeerScript.offering("PIPELINING");

    private static Sending send(PeerScript peer, OutgoingMail mail) throws Exception {
        return Sending.to(peer, mail, new EightBitMimeExtension());
    }

    private static Body read(String octets) {
        return Body.of(
                OptionalLong.empty(), () -> new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void tellsOfEightBits() throws Exception {
        for (Body body : List.of(Sending.body(GREETING), read(GREETING))) {
            Sending sent = send(WITH, Sending.mail(body));
            assertEquals(List.of("MAIL FROM:<a@client.example> BODY=8BITMIME"), sent.mail());
            assertEquals(List.of(GREETING), sent.contents());
        }
    }

    @Test
    void saysNothingOfUsAscii() throws Exception {
        Sending sent = send(WITH, Sending.mail(Sending.body("Subject: x\r\n\r\nx\r\n")));
        assertEquals(List.of("MAIL FROM:<a@client.example>"), sent.mail());
    }

    @Test
    void doesNotBelieveWhatAMailSaysOfItself() throws Exception {
        OutgoingMail mail = Sending.mail(Sending.body(GREETING));
        Sending sent = send(WITH, mail.withAttributes(mail.attributes().with(BodyType.KEY, BodyType.SEVEN_BIT)));
        assertEquals(List.of("MAIL FROM:<a@client.example> BODY=8BITMIME"), sent.mail());
    }

    /** Binary content that goes out in lines is not what it was. */
    @Test
    void encodesBinaryContentWithoutTheExtensionForIt() throws Exception {
        OutgoingMail mail = Sending.mail(Sending.body("Content-Type: application/octet-stream\r\n"
                + "Content-Transfer-Encoding: binary\r\nMIME-Version: 1.0\r\n\r\n\u00fc\nb"));
        OutgoingMail binary = mail.withAttributes(mail.attributes().with(BodyType.KEY, BodyType.BINARY_MIME));
        for (PeerScript peer : List.of(WITHOUT, PeerScript.offering("8BITMIME", "CHUNKING", "BINARYMIME"))) {
            Sending sent = send(peer, binary);
            assertTrue(sent.contents().getFirst().contains("Content-Transfer-Encoding: base64"), sent::toString);
            assertTrue(sent.contents().getFirst().contains("\r\n/Api"), sent::toString); // FC 0A 62
        }
    }

    @Test
    void convertsForAPeerThatTakesSevenBits() throws Exception {
        String expected = """
            Subject: x
            MIME-Version: 1.0
            Content-Type: text/plain; charset=unknown-8bit
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe
            """.replace("\n", "\r\n");
        for (Body body : List.of(Sending.body(GREETING), read(GREETING))) {
            Sending sent = send(WITHOUT, Sending.mail(body));
            assertEquals(List.of("MAIL FROM:<a@client.example>"), sent.mail());
            assertEquals(List.of(expected), sent.contents());
        }
    }

    @Test
    void refusesWhatIsSigned() throws Exception {
        String signed = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\u00fc\r\n--b--\r\n";
        Sending sent = send(WITHOUT, Sending.mail(Sending.body(signed)));
        assertEquals(List.of(), sent.mail());
        assertTrue(
                sent.outcomes().getFirst().startsWith("554 5.6.3 "),
                () -> sent.outcomes().toString());
    }

    @Test
    void refusesOrSendsWhenToldTo() throws Exception {
        EightBitMimeExtension refusing = new EightBitMimeExtension(new EightBitMimeConfig(Missing.REFUSE));
        for (Body body : List.of(Sending.body(GREETING), read(GREETING))) {
            Sending refused = Sending.to(WITHOUT, Sending.mail(body), refusing);
            assertEquals(List.of(), refused.mail());
            assertEquals(
                    List.of("554 5.6.3 The content is 8-bit, and the server does not offer 8BITMIME"),
                    refused.outcomes());
        }
        EightBitMimeExtension sending = new EightBitMimeExtension(new EightBitMimeConfig(Missing.SEND));
        Sending sent = Sending.to(WITHOUT, Sending.mail(Sending.body(GREETING)), sending);
        assertEquals(List.of(GREETING), sent.contents());
    }

    @Test
    void givesUpInTheMiddleOfWhatCanBeReadOnce() throws Exception {
        byte[] octets = GREETING.getBytes(StandardCharsets.ISO_8859_1);
        Body once = Body.once(OptionalLong.empty(), new ByteArrayInputStream(octets));
        Sending refused = send(WITHOUT, Sending.mail(once));
        assertTrue(
                refused.outcomes().getFirst().startsWith("554 5.6.3 "),
                () -> refused.outcomes().toString());
        assertEquals(List.of(), refused.contents());
        Body plain =
                Body.once(OptionalLong.empty(), new ByteArrayInputStream("x\r\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("x\r\n"), send(WITHOUT, Sending.mail(plain)).contents());
    }

    @Test
    void failsForNowWhenTheContentCannotBeRead() throws Exception {
        Body unreadable = Body.of(OptionalLong.empty(), () -> {
            throw new IOException("the disk is gone");
        });
        Sending sent = send(WITHOUT, Sending.mail(unreadable));
        assertTrue(
                sent.outcomes().getFirst().startsWith("451 "),
                () -> sent.outcomes().toString());
    }
}
