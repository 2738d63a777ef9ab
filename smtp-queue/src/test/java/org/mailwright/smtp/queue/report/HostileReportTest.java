package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.report.Bench.Parsed;

/** What strangers choose: the mail, its addresses, the answers of hosts. */
class HostileReportTest {

    private final Bench bench = new Bench();

    private Parsed of(String mail) throws Exception {
        return bench.parsed(mail, bench.failed("<user@example.org>", Bench.UNKNOWN));
    }

    /** Every line ends in CRLF, has at most 998 octets, and there is no NUL: it can be sent. */
    private static void assertSendable(Parsed report) {
        byte[] octets = report.mail().content();
        int start = 0;
        for (int i = 0; i < octets.length; i++) {
            assertTrue(octets[i] != 0, "NUL");
            assertEquals(octets[i] == '\n', i > 0 && octets[i - 1] == '\r', "line end at " + i);
            if (octets[i] == '\n') {
                assertTrue(i - 1 - start <= 998, "a line of " + (i - 1 - start));
                start = i + 1;
            }
        }
        assertEquals(octets.length, start, "the end of the last line");
    }

    @Test
    void holdsNoLineEndOfADsnParameterOrAHost() throws Exception {
        bench.requests = new ReportRequests() {
            @Override
            public Optional<String> envelopeId(Message message) {
                return Optional.of("id\r\nX-Evil: 1\r\n\r\nbody");
            }

            @Override
            public Optional<String> originalRecipient(Recipient recipient) {
                return Optional.of("rfc\n822;evil@example.org\r\nAction: delivered");
            }
        };
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.told(
                        "<user@example.org>",
                        Kind.FAILED,
                        Bench.refused(Bench.UNKNOWN, Moment.RCPT, "mx\r\n\r\nStatus: 2.0.0")));

        assertEquals("""
            Original-Envelope-Id: id??X-Evil: 1????body
            Reporting-MTA: dns; mx.example.net
            Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000

            Original-Recipient: unknown; evil@example.org??Action: delivered
            Final-Recipient: rfc822; user@example.org
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx????Status: 2.0.0
            Diagnostic-Code: smtp; 550 5.1.1 No such user here
            Last-Attempt-Date: Wed, 25 Nov 2026 09:30:00 +0000
            """, report.status());
        assertTrue(report.prose().contains("mx????Status: 2.0.0 said:"));
        assertSendable(report);
    }

    @Test
    void takesNoControlCharacterFromAnEncodedSubject() throws Exception {
        bench.texts = Texts.of("[failed.subject]\nNot delivered: {subject}\n[failed.begin]\n{subject}\n");
        Parsed report =
                of("Subject: =?utf-8?Q?x=0D=0ABcc:_evil@example.org=0D=0A=0D=0A{reply}=E2=80=AE?=\r\n\r\nBody\r\n");

        assertEquals(
                "Not delivered: x??Bcc: evil@example.org????{reply}?",
                report.message().getSubject());
        assertNull(report.message().getHeader("Bcc"));
        assertTrue(report.text(0).startsWith("x??Bcc: evil@example.org????{reply}?\n"), report.text(0));
        assertSendable(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a@b>\r\n <c@d>", "<a b@c>", "a@b", "<a@b", "<a@b> (x)", "<<a@b>>", "<ä@b>"})
    void refersToNoMalformedMessageId(String id) throws Exception {
        Parsed report = of("Message-ID: " + id + "\r\n\r\nBody\r\n");
        assertNull(report.message().getHeader("References"));
        assertNull(report.message().getHeader("In-Reply-To"));
        assertSendable(report);
    }

    @Test
    void refersToNoMessageIdThatIsVeryLong() throws Exception {
        assertNull(
                of("Message-ID: <" + "a".repeat(300) + "@b>\r\n\r\n").message().getHeader("References"));
        assertEquals("<a$1@b.c>", of("message-id : \r\n <a$1@b.c>\r\n\r\n").field("References"));
    }

    @Test
    void foldsALongReplyAndCutsAVeryLongOne() throws Exception {
        String words = "word ".repeat(60).strip();
        Parsed folded = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Reply.of(550, "5.1.1", words)));
        assertTrue(folded.status().replace("\n ", " ").contains("Diagnostic-Code: smtp; 550 5.1.1 " + words + "\n"));
        assertTrue(folded.status().lines().allMatch(line -> line.length() <= 76));

        bench.attributes = Attributes.EMPTY.with(Bench.UTF8, true);
        List<String> lines = List.of("ä".repeat(400), "\uD83D\uDE00".repeat(3000));
        Parsed cut = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Reply.of(550, lines)));
        assertSendable(cut);
        assertTrue(cut.status().replace("\n ", " ").contains("Diagnostic-Code: smtp; 550-??????????"));
    }

    @Test
    void returnsTheWholeMailUpToTheBound() throws Exception {
        bench.config = new ReportConfig("mx.example.net", bench.config.from(), 1000, Duration.ofDays(1));
        String body = "x".repeat(78) + "\r\n";
        String fits = Bench.HEADER + "\r\n" + body.repeat(20);
        fits = fits.substring(0, 998) + "\r\n";
        Parsed whole = of(fits);
        assertEquals("message/rfc822", whole.type(2));
        assertEquals(fits.replace("\r\n", "\n"), whole.text(2));

        Parsed header = of(fits.substring(0, 998) + "y\r\n");
        assertEquals("text/rfc822-headers", header.type(2));
        assertEquals(Bench.HEADER.replace("\r\n", "\n"), header.text(2));
    }

    @Test
    void returnsABoundedHeader() throws Exception {
        String mail = Bench.HEADER + ("X-Long: " + "x".repeat(900) + "\r\n").repeat(200) + "\r\nBody\r\n";
        Parsed report = of(mail);
        assertEquals("text/rfc822-headers", report.type(2));
        assertTrue(report.mail().content().length < 70_000);
        assertTrue(report.text(2).length() > 60_000);
        assertTrue(report.text(2).endsWith("x\n"));
        assertSendable(report);
    }

    @Test
    void returnsTheHeaderOfAMailThatCannotBeSentInside() throws Exception {
        for (String body : List.of("a".repeat(999), "a\u0000b")) {
            Parsed report = of(Bench.HEADER + "\r\n" + body + "\r\n");
            assertEquals("text/rfc822-headers", report.type(2));
            assertEquals(Bench.HEADER.replace("\r\n", "\n"), report.text(2));
            assertSendable(report);
        }
        Parsed cut = of("X: " + "ä".repeat(600) + "\r\nY: a\u0000b\r\n\r\n");
        assertEquals("X: " + "ä".repeat(497) + "\nY: a?b\n", cut.text(2));
        assertSendable(cut);
    }

    @Test
    void returnsWhatIsWellFormedOfAHeader() throws Exception {
        bench.config = new ReportConfig("mx.example.net", bench.config.from(), 0, Duration.ofDays(1));
        assertEquals("A: 1\n\tx\n", of("A: 1\r\n\tx\r\nSecret body\r\n").text(2));
        assertEquals("", of("No header at all\r\nB: 2\r\n").text(2));
        assertEquals("", of(" x\r\nB: 2\r\n").text(2));
        assertEquals("", of("").text(2));
        assertEquals("A: 1\n", of("A: 1").text(2));
    }

    @Test
    void repairsLineEnds() throws Exception {
        Parsed report = of("Subject: a\nX: b\rY: c\r\n\nBody\r.\r");
        assertEquals("Subject: a\nX: b\nY: c\n\nBody\n.\n", report.text(2));
        assertSendable(report);
    }

    @Test
    void takesABoundaryThatNoPartHolds() throws Exception {
        Parsed report = of(Bench.HEADER + "\r\n--=_report1_0--\r\n--=_report1_1\r\n");
        assertTrue(report.field("Content-Type").contains("boundary=\"=_report1_2\""));
        assertEquals(3, report.parts().getCount());
        assertTrue(report.text(2).endsWith("\n--=_report1_0--\n--=_report1_1\n"));
    }

    @Test
    void declaresOctetsBeyondAscii() throws Exception {
        byte[] mail = (Bench.HEADER + "\r\nGr\u00FC\u00DFe\r\n").getBytes(StandardCharsets.ISO_8859_1);
        Parsed report = bench.parsed(mail, bench.failed("<user@example.org>", Bench.UNKNOWN));

        assertEquals("8bit", report.field("Content-Transfer-Encoding"));
        assertEquals("7bit", report.part(0).getHeader("Content-Transfer-Encoding")[0]);
        assertEquals("7bit", report.part(1).getHeader("Content-Transfer-Encoding")[0]);
        assertEquals("8bit", report.part(2).getHeader("Content-Transfer-Encoding")[0]);
        assertEquals("message/rfc822", report.type(2));
        assertArrayEquals(mail, report.part(2).getInputStream().readAllBytes());
        assertFalse(report.mail().message().attributes().has(Bench.UTF8));
    }

    @Test
    void survivesEveryCutOfAMail() throws Exception {
        byte[] mail = "Subject: =?utf-8?B?w6Q=?= =?x?q?_?=\r\nMessage-ID: <a@b>\r\n\tc\r\n\r\nä\r\n.\r\n"
                .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= mail.length; length++) {
            Parsed report =
                    bench.parsed(Arrays.copyOf(mail, length), bench.failed("<user@example.org>", Bench.UNKNOWN));
            assertSendable(report);
            assertEquals(3, report.parts().getCount());
        }
    }
}
