package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.DeliveryResult.Link;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;
import org.mailwright.smtp.queue.report.Bench.Parsed;

class DsnReporterTest {

    private final Bench bench = new Bench();

    @Test
    void tellsOfAFailureOctetByOctet() throws Exception {
        NewMail report = bench.report(
                        Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                        bench.failed("<user@example.org>", Bench.UNKNOWN))
                .get(0);

        String expected = """
            Date: Wed, 25 Nov 2026 09:30:00 +0000
            From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
            To: <sender@sender.example>
            Subject: Your mail could not be delivered
            Message-ID: <report1@mx.example.net>
            In-Reply-To: <first@sender.example>
            References: <first@sender.example>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
             boundary="=_report1_0"
            Content-Transfer-Encoding: 7bit

            This is a report in parts, as of RFC 6522.

            --=_report1_0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            This is the mail system of mx.example.net.

            Your mail could not be delivered to everybody it was meant for. What
            became of it for each of these recipients, and what you can do, stands
            below. Nothing more is tried for them.

            Your mail:
                Subject: Hello there
                Received here: 2026-11-20 08:00 (+00:00)

            user@example.org
                There is no such address there.
                Check how the address is spelled, or ask the recipient for it in
                another way. Then send your mail again.

                mx.example.org said:
                550 5.1.1 No such user here

            If this does not help, ask the people who look after your mail, and send
            them this report: what they need to know is attached, and so is your
            mail, or the beginning of it.

            --=_report1_0
            Content-Type: message/delivery-status
            Content-Transfer-Encoding: 7bit

            Reporting-MTA: dns; mx.example.net
            Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000

            Final-Recipient: rfc822; user@example.org
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.example.org
            Diagnostic-Code: smtp; 550 5.1.1 No such user here
            Last-Attempt-Date: Wed, 25 Nov 2026 09:30:00 +0000

            --=_report1_0
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 7bit

            """.replace("\n", "\r\n") + Bench.MAIL + "\r\n--=_report1_0--\r\n";
        assertEquals(expected, new String(report.content(), StandardCharsets.US_ASCII));
    }

    @Test
    void goesToTheSenderWithTheNullReversePath() throws Exception {
        NewMail report = bench.report(
                        Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                        bench.failed("<user@example.org>", Bench.UNKNOWN))
                .get(0);

        Message message = report.message();
        assertEquals("report1", message.id());
        assertEquals(NullPath.INSTANCE, message.reversePath());
        assertEquals(Bench.NOW, message.accepted());
        assertEquals(Bench.NOW.plus(Duration.ofDays(5)), message.expires());
        assertEquals(report.content().length, message.size());
        assertEquals("report", message.provenance().listener());
        NewDelivery delivery = report.deliveries().get(0);
        assertEquals("<sender@sender.example>", delivery.recipient().path().path());
        assertEquals(Bench.LANE, delivery.lane());
        assertEquals(Optional.empty(), delivery.reversePath(), "reports of reports would go there");
        assertEquals(Priority.BULK, delivery.priority());
        assertEquals(Bench.NOW, delivery.due());
        Envelope asked = bench.asked.get(0);
        assertEquals(NullPath.INSTANCE, asked.reversePath());
        assertEquals(Role.SUBMISSION, asked.origin().role());
        assertEquals(List.of(delivery.recipient()), asked.recipients());
    }

    @Test
    void tellsOfADelayWithTheHeaderAlone() throws Exception {
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.told(
                        "<user@example.org>",
                        Kind.DELAYED,
                        new DeliveryResult(
                                new Outcome.Failed(Bench.TIMEOUT, Moment.CONNECT), Action.RELAYED, Optional.empty())));

        assertEquals("Your mail is delayed", report.message().getSubject());
        assertTrue(report.prose().contains("could not be reached"));
        assertTrue(report.prose().contains("It is tried again until 2026-11-27 09:30 (+00:00)."));
        assertTrue(report.prose().contains("mx.example.net said: 451 4.4.1 No answer from host"));
        assertEquals("""
            Reporting-MTA: dns; mx.example.net
            Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000

            Final-Recipient: rfc822; user@example.org
            Action: delayed
            Status: 4.4.1
            Diagnostic-Code: smtp; 451 4.4.1 No answer from host
            Last-Attempt-Date: Wed, 25 Nov 2026 09:30:00 +0000
            Will-Retry-Until: Fri, 27 Nov 2026 09:30:00 +0000
            """, report.status());
        assertEquals("text/rfc822-headers", report.type(2));
        assertEquals(Bench.HEADER.replace("\r\n", "\n"), report.text(2));
    }

    @Test
    void tellsOfSuccessOnlyWhenAsked() throws Exception {
        assertEquals(
                List.of(),
                bench.report(
                        Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                        bench.told("<user@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.DELIVERED))));

        bench.requests = new Asked();
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.told("<a@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.DELIVERED)),
                bench.told("<b@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.RELAYED)),
                bench.told("<c@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.PASSED_ON)),
                bench.told("<d@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.EXPANDED)));

        assertEquals("Your mail was delivered", report.message().getSubject());
        assertEquals(
                """
                    Original-Envelope-Id: id 7
                    Reporting-MTA: dns; mx.example.net
                    Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000

                    """ + success("a", "delivered") + "\n" + success("b", "relayed") + "\n" + success("d", "expanded"),
                report.status());
        assertTrue(report.prose().contains("b@example.org It was handed to mx.example.org, which does not report"));
        assertFalse(report.source().contains("c@example.org"), "another host answers for it");
        assertEquals("text/rfc822-headers", report.type(2));
    }

    @Test
    void tellsOfRelaysToWhoTraces() throws Exception {
        bench.requests = new ReportRequests() {
            @Override
            public boolean wantsRelays(Message message, Recipient recipient, DeliveryResult.Link link) {
                return !link.deliversByTime();
            }

            @Override
            public Optional<Instant> deliverBy(Message message) {
                return Optional.of(Bench.NOW);
            }
        };
        DeliveryResult passed = Bench.accepted(Action.PASSED_ON);
        DeliveryResult byTime = new DeliveryResult(
                passed.outcome(), passed.action(), passed.remoteMta(), new Link(Optional.of("TLSv1.3"), true));
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.told("<a@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.DELIVERED)),
                bench.told("<b@example.org>", Kind.SUCCEEDED, Bench.accepted(Action.RELAYED)),
                bench.told("<c@example.org>", Kind.SUCCEEDED, passed),
                bench.told("<d@example.org>", Kind.SUCCEEDED, byTime));

        assertTrue(report.status().contains("""
            Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000
            Deliver-By-Date: Wed, 25 Nov 2026 09:30:00 +0000
            """), report.status());
        assertTrue(report.status().contains("b@example.org\nAction: relayed\n"), report.status());
        assertTrue(report.status().contains("c@example.org\nAction: relayed\n"), report.status());
        assertFalse(report.source().contains("a@example.org"), "delivery was not asked for");
        assertFalse(report.source().contains("d@example.org"), "that host knows of the time");
        assertTrue(report.prose().contains("c@example.org It was handed to mx.example.org, which tells you"));
    }

    private static String success(String name, String action) {
        return """
            Original-Recipient: rfc822; %s@before.example
            Final-Recipient: rfc822; %s@example.org
            Action: %s
            Status: 2.0.0
            Remote-MTA: dns; mx.example.org
            Diagnostic-Code: smtp; 250 2.0.0 Queued as 17
            Last-Attempt-Date: Wed, 25 Nov 2026 09:30:00 +0000
            """.formatted(name, name, action);
    }

    /** A sender who wants to know everything. */
    private static final class Asked implements ReportRequests {
        @Override
        public boolean wants(Recipient recipient, Kind kind) {
            return true;
        }

        @Override
        public Optional<String> envelopeId(Message message) {
            return Optional.of("id 7");
        }

        @Override
        public Optional<String> originalRecipient(Recipient recipient) {
            return Optional.of("rfc822;" + recipient.path().path().substring(1, 2) + "@before.example");
        }

        @Override
        public boolean returnsFull(Message message) {
            return false;
        }
    }

    @Test
    void carriesWhatTheMailDemandsOfItsReports() throws Exception {
        Attributes carried = Attributes.EMPTY.with(WellKnown.INTERNATIONALIZED, false);
        bench.requests = new ReportRequests() {
            @Override
            public Attributes carries(Message message) {
                return carried;
            }
        };
        assertEquals(
                Optional.of(false),
                bench.report(
                                Bench.MAIL.getBytes(StandardCharsets.UTF_8),
                                bench.failed("<user@example.org>", Bench.UNKNOWN))
                        .getFirst()
                        .message()
                        .attributes()
                        .get(WellKnown.INTERNATIONALIZED));
    }

    @Test
    void returnsTheHeaderAloneWhenAsked() throws Exception {
        bench.requests = new Asked();
        assertEquals(
                "text/rfc822-headers",
                bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Bench.UNKNOWN))
                        .type(2));
    }

    @Test
    void writesOneReportForEachKindAndReversePath() throws Exception {
        DeliveryResult late = Bench.refused(Bench.TIMEOUT, Moment.CONNECT, "mx.example.org");
        List<NewMail> reports = bench.report(
                Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                bench.failed("<a@example.org>", Bench.UNKNOWN),
                bench.told("<b@example.org>", Kind.DELAYED, late),
                bench.failed("<c@example.org>", Bench.UNKNOWN),
                bench.told("<d@example.org>", Kind.FAILED, late, "<owner@list.example>"),
                bench.told("<e@example.org>", Kind.FAILED, late, "<>"));

        assertEquals(3, reports.size());
        assertEquals(
                List.of("<sender@sender.example>", "<sender@sender.example>", "<owner@list.example>"),
                reports.stream()
                        .map(mail -> mail.deliveries().get(0).recipient().path().path())
                        .toList());
        assertTrue(Parsed.of(reports.get(0)).status().contains("a@example.org"));
        assertTrue(Parsed.of(reports.get(0)).status().contains("c@example.org"));
        assertFalse(Parsed.of(reports.get(0)).source().contains("b@example.org"));
        assertTrue(Parsed.of(reports.get(1)).status().contains("b@example.org"));
        assertTrue(Parsed.of(reports.get(2)).prose().contains("tried again and again for 5 days"));
        assertEquals(
                3, reports.stream().map(mail -> mail.message().id()).distinct().count());
    }

    @Test
    void saysNothingAboutAMailWithoutReversePath() throws Exception {
        bench.reversePath = "<>";
        assertEquals(
                List.of(),
                bench.report(
                        Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                        bench.failed("<a@example.org>", Bench.UNKNOWN),
                        bench.told(
                                "<b@example.org>",
                                Kind.FAILED,
                                Bench.refused(Bench.UNKNOWN, Moment.RCPT, "mx.example.org"),
                                "<owner@list.example>")));
        assertEquals(List.of(), bench.asked);
    }

    @Test
    void givesUpWhenTheSenderIsRefused() throws Exception {
        bench.router = (envelope, recipient) -> {
            throw new SmtpException(Bench.UNKNOWN);
        };
        assertEquals(List.of(), bench.report(new byte[0], bench.failed("<a@example.org>", Bench.UNKNOWN)));
        bench.router = (envelope, recipient) -> {
            throw new IllegalStateException("a bug");
        };
        assertEquals(List.of(), bench.report(new byte[0], bench.failed("<a@example.org>", Bench.UNKNOWN)));
        bench.router = (envelope, recipient) -> List.of();
        assertEquals(List.of(), bench.report(new byte[0], bench.failed("<a@example.org>", Bench.UNKNOWN)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tellsOfAMailThatCannotBeReadWithoutIt(Kind kind) throws Exception {
        DeliveryResult result = kind == Kind.SUCCEEDED
                ? Bench.accepted(Action.DELIVERED)
                : Bench.refused(Bench.TIMEOUT, Moment.CONNECT, "mx.example.org");
        bench.requests = new ReportRequests() {
            @Override
            public boolean wants(Recipient recipient, Kind any) {
                return true;
            }
        };
        Body lost = Body.of(OptionalLong.empty(), () -> {
            throw new IOException("a damaged record");
        });
        List<NewMail> reports = bench.report(lost, bench.told("<user@example.org>", kind, result));
        assertEquals(1, reports.size());
        Parsed report = Parsed.of(reports.getFirst());
        assertEquals(2, report.parts().getCount(), report::source);
        assertTrue(report.prose().contains("Subject: (not there any more)"), report::source);
        assertTrue(report.prose().contains("Your mail itself is not in this report"), report::source);
        assertFalse(report.prose().contains("so is your mail"), report::source);
        assertEquals(kind == Kind.FAILED, report.prose().contains("Please send it again"), report::source);
        assertTrue(report.status().contains("Final-Recipient: rfc822; user@example.org"), report::source);
        assertNull(report.message().getHeader("References"));
    }

    @Test
    void failsWhenTheWayCannotBeFoundNow() {
        bench.router = (envelope, recipient) -> {
            throw new IOException("no name server");
        };
        assertThrows(
                IOException.class, () -> bench.report(new byte[0], bench.failed("<a@example.org>", Bench.UNKNOWN)));
    }

    @Test
    void derivesTheStatusFromTheReplyCode() throws Exception {
        Parsed report = bench.parsed(
                Bench.MAIL,
                bench.failed("<a@example.org>", Reply.of(554, "No")),
                bench.failed("<Postmaster>", Reply.of(450, "Later")));
        assertTrue(report.status().contains("Status: 5.0.0\n"));
        assertTrue(report.status().contains("Status: 4.0.0\n"));
        assertTrue(report.status().contains("Final-Recipient: rfc822; Postmaster@mx.example.net\n"));
    }

    @Test
    void tellsOfManyRecipientsInOneBoundedText() throws Exception {
        Parsed report = bench.parsed(
                Bench.MAIL,
                IntStream.range(0, 1000)
                        .mapToObj(i -> bench.failed("<user" + i + "@example.org>", Bench.UNKNOWN))
                        .toArray(Told[]::new));
        assertTrue(report.prose().contains("There are 950 more recipients"));
        assertTrue(report.status().contains("user999@example.org"));
        assertFalse(report.text(0).contains("user50@example.org"));
    }

    /** RFC 3461 sections 6.3 (d) and 9.2. */
    @Test
    void copiesLongAddressesAndEachLineOfAReply() throws Exception {
        String longest = "x".repeat(493);
        bench.requests = new ReportRequests() {
            @Override
            public Optional<String> originalRecipient(Recipient recipient) {
                return Optional.of("x_400+;" + longest);
            }
        };
        Reply lines = Reply.of(550, new EnhancedCode(5, 1, 1), "mailbox unavailable", "user has moved");
        String status = bench.parsed(Bench.MAIL, bench.failed("<a@example.org>", lines))
                .status()
                .replace("\n ", " ");
        assertTrue(status.contains("Original-Recipient: x_400+; " + longest + "\n"), status);
        assertTrue(
                status.contains("Diagnostic-Code: smtp; 550-5.1.1 mailbox unavailable 550 5.1.1 user has moved\n"),
                status);
    }
}
