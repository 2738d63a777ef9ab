package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerScript;

class SmtpUtf8ClientTest {

    private static final PeerScript WITH = PeerScript.offering("PIPELINING", "8BITMIME", "SMTPUTF8");
    private static final PeerScript WITHOUT = PeerScript.offering("PIPELINING", "8BITMIME");
    private static final Body PLAIN = Sending.body("Subject: x\r\n\r\nx\r\n");
    private static final Body HEADER = utf8("Subject: Grüße\r\n\r\nx\r\n");
    private static final Body PART = utf8("""
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Disposition: x; y=ü

        x
        --b--
        """);
    private static final Body TEXT = utf8("Subject: x\r\n\r\nGrüße\r\n");
    private static final Body LATIN = Sending.body("Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n");

    private static Body utf8(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Body streamed(Body body) {
        return Body.of(OptionalLong.empty(), body::open);
    }

    private static Sending send(PeerScript peer, OutgoingMail mail) throws Exception {
        return Sending.to(peer, mail, new EightBitMimeExtension(), new SmtpUtf8Extension());
    }

    private static OutgoingMail declared(OutgoingMail mail) {
        return mail.withAttributes(mail.attributes().with(WellKnown.INTERNATIONALIZED, true));
    }

    private static String mailLine(OutgoingMail mail) throws Exception {
        Sending sent = send(WITH, mail);
        assertEquals("250 2.0.0 Taken", sent.outcomes().getFirst());
        return sent.mail().getFirst();
    }

    @Test
    void declaresWhatNeedsIt() throws Exception {
        assertEquals(
                "MAIL FROM:<jürgen@bücher.example> SMTPUTF8",
                mailLine(Sending.mail(PLAIN, "<jürgen@bücher.example>", "<b@example.test>")));
        assertEquals(
                "MAIL FROM:<a@client.example> SMTPUTF8",
                mailLine(Sending.mail(PLAIN, "<a@client.example>", "<b@example.test>", "<用户@example.test>")));
        for (Body body : List.of(HEADER, streamed(HEADER))) {
            assertEquals("MAIL FROM:<a@client.example> SMTPUTF8 BODY=8BITMIME", sorted(mailLine(Sending.mail(body))));
        }
        assertEquals("MAIL FROM:<a@client.example> SMTPUTF8", mailLine(declared(Sending.mail(PLAIN))));
    }

    private static String sorted(String line) {
        return line.replace("BODY=8BITMIME SMTPUTF8", "SMTPUTF8 BODY=8BITMIME");
    }

    @Test
    void declaresNothingThatDoesNotNeedIt() throws Exception {
        for (Body body : List.of(PLAIN, TEXT, LATIN, streamed(TEXT))) {
            Sending sent = send(WITH, Sending.mail(body));
            assertEquals(0, sent.mail().getFirst().indexOf("MAIL FROM:<a@client.example>"));
            assertEquals(-1, sent.mail().getFirst().indexOf("SMTPUTF8"));
        }
    }

    @Test
    void writesDomainsInUsAsciiWhereThatIsEnough() throws Exception {
        for (PeerScript peer : List.of(WITH, WITHOUT)) {
            Sending sent = send(peer, Sending.mail(PLAIN, "<a@bücher.example>", "<b@例え.example>"));
            assertEquals(List.of("MAIL FROM:<a@xn--bcher-kva.example>"), sent.mail());
            assertEquals(1, sent.said("RCPT TO:<b@xn--r8jz45g.example>"));
            assertEquals(List.of("250 2.0.0 Taken"), sent.outcomes());
        }
    }

    @Test
    void refusesRecipientsOneByOne() throws Exception {
        Sending sent =
                send(WITHOUT, Sending.mail(PLAIN, "<>", "<b@example.test>", "<用户@example.test>", "<c@bücher.example>"));
        assertEquals(
                List.of(
                        "250 2.0.0 Taken",
                        "553 5.6.7 The server does not take internationalized addresses",
                        "250 2.0.0 Taken"),
                sent.outcomes());
        assertEquals(2, sent.said("RCPT"));
    }

    @Test
    void refusesAMailFromAnAddressThatThePeerDoesNotTake() throws Exception {
        Sending sent = send(WITHOUT, Sending.mail(PLAIN, "<jürgen@client.example>", "<b@example.test>"));
        assertEquals(List.of(), sent.mail());
        assertTrue(
                sent.outcomes().getFirst().startsWith("553 5.6.7 "),
                () -> sent.outcomes().toString());
    }

    @Test
    void refusesAHeaderThatThePeerDoesNotTake() throws Exception {
        for (OutgoingMail mail : List.of(
                Sending.mail(HEADER),
                Sending.mail(streamed(HEADER)),
                declared(Sending.mail(HEADER)),
                declared(Sending.mail(PART)),
                declared(Sending.mail(utf8("Content-Type: message/rfc822\r\n\r\nSubject: ü\r\n\r\n"))),
                declared(Sending.mail(Body.once(OptionalLong.empty(), new ByteArrayInputStream(new byte[] {'x'})))))) {
            Sending sent = send(WITHOUT, mail);
            assertEquals(List.of(), sent.mail());
            assertEquals(
                    List.of("550 5.6.9 The header is in UTF-8, and the server does not offer SMTPUTF8"),
                    sent.outcomes());
        }
    }

    @Test
    void sendsWhatWasDeclaredWithoutNeed() throws Exception {
        for (Body body : List.of(PLAIN, TEXT, streamed(PLAIN))) {
            Sending sent = send(WITHOUT, declared(Sending.mail(body)));
            assertEquals(List.of("250 2.0.0 Taken"), sent.outcomes());
            assertEquals(-1, sent.mail().getFirst().indexOf("SMTPUTF8"));
        }
    }

    @Test
    void doesNotLookIntoHeadersWhenToldNotTo() throws Exception {
        SmtpUtf8Extension blind = new SmtpUtf8Extension(new SmtpUtf8Config(false));
        Sending sent = Sending.to(WITHOUT, Sending.mail(HEADER), new EightBitMimeExtension(), blind);
        assertEquals(List.of("MAIL FROM:<a@client.example> BODY=8BITMIME"), sent.mail());
    }

    @Test
    void neverSendsAnAddressThatWasNotDeclared() throws Exception {
        Sending bare = Sending.to(WITH, Sending.mail(PLAIN, "<>", "<用户@example.test>"));
        assertEquals(0, bare.said("RCPT"));
    }

    /** RFC 6531 §3.1 (3): whatever stands behind the keyword is as if it were not there. */
    @Test
    void ignoresParametersOfTheKeyword() throws Exception {
        Sending sent = send(
                PeerScript.offering("8BITMIME", "SMTPUTF8 2 level=3"),
                Sending.mail(PLAIN, "<jürgen@client.example>", "<b@example.test>"));
        assertEquals("MAIL FROM:<jürgen@client.example> SMTPUTF8", sent.mail().getFirst());
    }

    /** RFC 6533 §4.5: a report of an internationalized mail, to a server that knows no such mails. */
    @Test
    void encodesTheInternationalizedPartsOfReports() throws Exception {
        Body report = utf8("""
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/global-delivery-status
            Content-Transfer-Encoding: 8bit

            Reporting-MTA: dns; mx.example.test

            Final-Recipient: utf-8; jürgen@example.test
            --b
            Content-Type: message/global-headers
            Content-Transfer-Encoding: 8bit

            Subject: Grüße
            --b--
            """.replace("\n", "\r\n"));
        for (Body body : List.of(report, streamed(report))) {
            OutgoingMail mail = declared(Sending.mail(body, "<>", "<a@client.example>"));
            String encoded = send(WITHOUT, mail).contents().getFirst();
            assertTrue(encoded.chars().allMatch(c -> c < 0x80), encoded);
            assertEquals(2, encoded.split("Content-Transfer-Encoding: base64", -1).length - 1, encoded);
            assertTrue(encoded.contains("Content-Type: message/global-headers\r\n"), encoded);
            Sending whole = send(WITH, mail);
            assertEquals(List.of("MAIL FROM:<> BODY=8BITMIME SMTPUTF8"), whole.mail());
            assertTrue(whole.contents().getFirst().contains("Content-Transfer-Encoding: 8bit"));
        }
    }
}
