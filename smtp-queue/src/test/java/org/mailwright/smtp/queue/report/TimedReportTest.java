package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter.Kind;

/** What reports say of DELIVERBY (RFC 2852), FUTURERELEASE (RFC 4865) and MT-PRIORITY (RFC 6710). */
class TimedReportTest {

    private final Bench bench = new Bench();

    private static ReportRequests by(Instant time) {
        return new ReportRequests() {
            @Override
            public Optional<Instant> deliverBy(Message message) {
                return Optional.of(time);
            }
        };
    }

    private String status(Kind kind, Reply reply) throws Exception {
        DeliveryResult result = Bench.refused(reply, Moment.RCPT, "mx.example.org");
        return bench.parsed(Bench.MAIL, bench.told("<a@example.org>", kind, result))
                .status();
    }

    @Test
    void saysThatTheTimeIsOver() throws Exception {
        bench.requests = by(Bench.NOW);
        String failed = status(Kind.FAILED, Bench.TIMEOUT);
        assertTrue(failed.contains("Action: failed\nStatus: 5.4.7\n"), failed);
        assertTrue(failed.contains("Diagnostic-Code: smtp; 451 4.4.1 No answer from host"), failed);
        String late = status(Kind.DELAYED, Bench.TIMEOUT);
        assertTrue(late.contains("Action: delayed\nStatus: 4.4.7\n"), late);
    }

    @Test
    void saysWhatElseWentWrong() throws Exception {
        bench.requests = by(Bench.NOW);
        String unknown = status(Kind.FAILED, Bench.UNKNOWN);
        assertTrue(unknown.contains("Status: 5.1.1\n"), "a host refused it: " + unknown);
        bench.requests = by(Bench.NOW.plusSeconds(1));
        String early = status(Kind.FAILED, Bench.TIMEOUT);
        assertTrue(early.contains("Status: 4.4.1\n"), "given up before its time was over: " + early);
    }

    @Test
    void isAsUrgentAsTheMailAndRepeatsWhatWasAsked() throws Exception {
        AttributeKey<Integer> level = AttributeKey.of("level", Scope.TRANSACTION);
        bench.requests = new ReportRequests() {
            @Override
            public Optional<String> futureRelease(Message message) {
                return Optional.of("for;3600");
            }

            @Override
            public Attributes carries(Message message) {
                return Attributes.EMPTY.with(level, 6);
            }

            @Override
            public Priority priority(Message message) {
                return Priority.URGENT;
            }
        };
        NewMail report = bench.report(
                        Bench.MAIL.getBytes(StandardCharsets.US_ASCII),
                        bench.failed("<user@example.org>", Bench.UNKNOWN))
                .get(0);
        assertEquals(Optional.of(6), report.message().attributes().get(level));
        assertEquals(Priority.URGENT, report.deliveries().get(0).priority());
        String text = new String(report.content(), StandardCharsets.US_ASCII);
        assertTrue(
                text.contains("Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000\r\nFuture-Release-Request: for;3600\r\n"),
                text);
    }
}
