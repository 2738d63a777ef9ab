package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.report.Bench.Parsed;

/** Addresses beyond US-ASCII (RFC 6533). */
class InternationalReportTest {

    private final Bench bench = new Bench();

    @Test
    void tellsAnInternationalSenderInUtf8() throws Exception {
        bench.reversePath = "<jürgen@sender.example>";
        bench.attributes = Attributes.EMPTY.with(Bench.UTF8, true);
        bench.requests = original("utf-8;\u7528\u6237@example.org");
        Parsed report = bench.parsed(
                "Subject: Grüße\r\n\r\nä\r\n",
                bench.failed("<用户@例子.example>", Reply.of(550, "5.1.1", "Kein Empfänger")));

        assertTrue(report.mail().message().attributes().get(Bench.UTF8).orElse(false), "must be sent as SMTPUTF8");
        assertTrue(report.source().contains("\r\nTo: <jürgen@sender.example>\r\n"));
        assertTrue(report.prose().contains("Subject: Grüße"));
        assertEquals("message/global-delivery-status", report.type(1));
        assertTrue(report.status().contains("Original-Recipient: utf-8; 用户@example.org\n"));
        assertTrue(report.status().contains("Final-Recipient: utf-8; 用户@例子.example\n"));
        assertTrue(report.status().contains("Diagnostic-Code: smtp; 550 5.1.1 Kein Empfänger\n"));
        assertEquals("message/global", report.type(2));

        bench.config = new ReportConfig("mx.example.net", bench.config.from(), 0, ReportConfig.LIFETIME);
        assertEquals(
                "message/global-headers",
                bench.parsed("Subject: Grüße\r\n\r\nä\r\n", bench.failed("<a@example.org>", Bench.UNKNOWN))
                        .type(2));
    }

    @Test
    void keepsToThePlainTypesWhereAsciiDoes() throws Exception {
        bench.attributes = Attributes.EMPTY.with(Bench.UTF8, true);
        Parsed report = bench.parsed(Bench.MAIL, bench.failed("<a@example.org>", Bench.UNKNOWN));
        assertEquals("message/delivery-status", report.type(1));
        assertEquals("message/rfc822", report.type(2));
        assertFalse(report.mail().message().attributes().has(Bench.UTF8));
    }

    @Test
    void tellsAnAsciiSenderInAscii() throws Exception {
        bench.requests = original("utf-8;ü+\\=@example.org");
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.failed("<jü+x@example.org>", Reply.of(550, "5.1.1", "Kein Empfänger")),
                bench.failed("<user@bücher.example>", Bench.UNKNOWN));

        assertEquals("message/delivery-status", report.type(1));
        assertEquals("7bit", report.part(1).getHeader("Content-Transfer-Encoding")[0]);
        assertTrue(report.status().contains("Original-Recipient: utf-8; \\x{FC}\\x{2B}\\x{5C}\\x{3D}@example.org\n"));
        assertTrue(report.status().contains("Final-Recipient: utf-8; j\\x{FC}\\x{2B}x@example.org\n"));
        assertTrue(report.status().contains("Final-Recipient: rfc822; user@xn--bcher-kva.example\n"));
        assertTrue(report.status().contains("Diagnostic-Code: smtp; 550 5.1.1 Kein Empf?nger\n"));
        assertEquals("text/plain; charset=utf-8", report.type(0));
        assertTrue(report.prose().contains("jü+x@example.org"));
    }

    /** What it holds cannot go to a server that knows US-ASCII headers only, not even to a sender with such a name. */
    @Test
    void declaresWhatItReturnsInUtf8() throws Exception {
        bench.attributes = Attributes.EMPTY.with(Bench.UTF8, true);
        Parsed report = bench.parsed("Subject: Grüße\r\n\r\nä\r\n", bench.failed("<a@example.org>", Bench.UNKNOWN));
        assertEquals("message/global", report.type(2));
        assertTrue(report.mail().message().attributes().get(Bench.UTF8).orElse(false));
    }

    private static ReportRequests original(String address) {
        return new ReportRequests() {
            @Override
            public Optional<String> originalRecipient(Recipient recipient) {
                return Optional.of(address);
            }
        };
    }
}
