package org.mailwright.smtp.gateway.bsmtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;

class BatchReaderTest {
    private final RecordingSink sink = RecordingSink.blocking();
    private final List<BatchMail> mails = new ArrayList<>();

    /** Refuses senders and recipients called "no". */
    private static final class Picky implements Extension {
        @Override
        public String id() {
            return "PICKY";
        }

        @Override
        public void server(ServerSide side) {
            Verdict no = Verdict.refuse(Reply.of(550, "5.7.1", "No"));
            side.gate(Stage.RCPT, 0, (session, recipient) -> refused(recipient.path()) ? no : Verdict.pass());
            side.gate(Stage.MAIL, 0, (session, request) -> refused(request.reversePath()) ? no : Verdict.pass());
        }

        private static boolean refused(Object path) {
            return path instanceof Mailbox mailbox
                    && mailbox.localPart().content().equals("no");
        }
    }

    private BatchReport read(Role role, InputStream in) {
        TestService service = TestService.of(role, new Picky());
        AtomicInteger ids = new AtomicInteger();
        BatchReader reader = new BatchReader(
                service.profile(),
                service.all(),
                sink,
                () -> "B" + ids.incrementAndGet(),
                MemoryTransport.Options.DEFAULTS);
        BatchReport report = reader.read(in, mails::add);
        assertEquals(List.of(), sink.violations());
        return report;
    }

    private BatchReport read(String batch) {
        return read(Role.MX, new ByteArrayInputStream(batch.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private List<String> taken() {
        return sink.mails().stream()
                .map(mail -> mail.envelope().reversePath().path() + " " + mail.recipients() + " " + mail.text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void readsMailsWithEitherLineEnd(String end) {
        String batch = """
            EHLO there.test
            MAIL FROM:<a@there.test>
            RCPT TO:<b@example.test>
            RCPT TO:<c@example.test>
            DATA
            Subject: one

            ..dot
            .
            MAIL FROM:<>
            rcpt TO:<d@example.test>
            data
            two
            .
            QUIT
            """;
        BatchReport report = read(batch.replace("\n", end));
        assertTrue(report.isComplete(), report.toString());
        assertEquals(2, report.accepted());
        assertEquals(
                List.of(
                        "<a@there.test> <b@example.test> <c@example.test> Subject: one\r\n\r\n.dot\r\n",
                        "<> <d@example.test> two\r\n"),
                taken());
        assertEquals("FROM:<a@there.test>", mails.get(0).sender());
        assertEquals(
                List.of("TO:<b@example.test>", "TO:<c@example.test>"),
                mails.get(0).recipients().stream()
                        .map(BatchMail.Addressee::path)
                        .toList());
        assertEquals(sink.mails().get(0).envelope().id(), mails.get(0).id().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<no@there.test>", "MAIL FROM:<a@there.test>", "MAIL FROM:bad"})
    void neverTakesTheContentOfARefusedMailForCommands(String mail) {
        String batch = "EHLO there.test\n" + mail + """

            RCPT TO:<no@example.test>
            DATA
            RSET
            MAIL FROM:<forged@there.test>
            RCPT TO:<victim@example.test>
            DATA
            forged
            ..
            .
            MAIL FROM:<b@there.test>
            RCPT TO:<c@example.test>
            DATA
            good
            .
            QUIT
            """;
        BatchReport report = read(batch);
        assertEquals(List.of("<b@there.test> <c@example.test> good\r\n"), taken());
        assertEquals(1, report.accepted());
        assertEquals(1, report.rejected());
        assertFalse(mails.get(0).isAccepted());
        assertTrue(mails.get(0).reply().isPermanent());
        assertTrue(mails.get(1).isAccepted());
    }

    @Test
    void tellsRecipientsApart() {
        BatchReport report = read("""
            EHLO there.test
            MAIL FROM:<a@there.test>
            RCPT TO:<no@example.test>
            RCPT TO:<b@example.test>
            DATA
            x
            .
            QUIT
            """);
        assertEquals(0, report.accepted());
        assertEquals(1, report.rejected());
        assertEquals(
                List.of(550, 250),
                mails.get(0).recipients().stream()
                        .map(one -> one.reply().code())
                        .toList());
        assertEquals(250, mails.get(0).reply().code());
        assertEquals(1, sink.mails().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..\n", "\r.\n", ".x\n"})
    void takesNoMailThatIsCutOff(String tail) {
        BatchReport report =
                read("EHLO there.test\nMAIL FROM:<a@there.test>\nRCPT TO:<b@example.test>\nDATA\nx\n" + tail);
        assertEquals(List.of(), taken());
        assertEquals(1, report.rejected());
        assertTrue(report.broken().isPresent());
        assertEquals(451, mails.get(0).reply().code());
    }

    @Test
    void saysWhyItCouldNotReadOn() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the medium is gone");
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                throw new IOException("the medium is gone");
            }
        };
        InputStream start = new ByteArrayInputStream(
                "EHLO there.test\nMAIL FROM:<a@there.test>\n".getBytes(StandardCharsets.US_ASCII));
        BatchReport report = read(Role.MX, new SequenceInputStream(start, broken));
        assertEquals(
                "the batch cannot be read: the medium is gone", report.broken().orElseThrow());
        assertEquals(1, report.rejected());
    }

    @Test
    void passesOverChunksThatTheServerDoesNotKnow() {
        String batch = """
            EHLO there.test
            MAIL FROM:<a@there.test>
            RCPT TO:<b@example.test>
            BDAT 12 LAST
            QUIT
            NOOP x
            MAIL FROM:<b@there.test>
            RCPT TO:<c@example.test>
            DATA
            good
            .
            QUIT
            """;
        BatchReport report = read(batch);
        assertEquals(List.of("<b@there.test> <c@example.test> good\r\n"), taken());
        assertEquals(1, report.accepted(), report.toString());

        assertEquals(
                "BDAT does not say how many octets follow",
                read("EHLO there.test\nBDAT many\nMAIL FROM:<x@there.test>\n")
                        .broken()
                        .orElseThrow());
    }

    @Test
    void tellsThatTheServerEndedIt() {
        BatchReport report = read("EHLO there.test\n" + "WHAT\n".repeat(100));
        assertTrue(report.broken().orElseThrow().contains("421"), report.toString());
    }

    @Test
    void takesOneReplyEachInLmtp() {
        RecordingSink choosy =
                sink.answering(recipient -> recipient.path().path().startsWith("<c")
                        ? Reply.of(452, "4.2.2", "Full")
                        : Reply.of(250, "2.0.0", "Taken"));
        TestService service = TestService.of(Role.LMTP, new Picky());
        BatchReader reader =
                new BatchReader(service.profile(), service.all(), choosy, () -> "B1", MemoryTransport.Options.DEFAULTS);
        String batch = """
            LHLO there.test
            MAIL FROM:<a@there.test>
            RCPT TO:<b@example.test>
            RCPT TO:<no@example.test>
            RCPT TO:<c@example.test>
            DATA
            x
            .
            QUIT
            """;
        reader.read(new ByteArrayInputStream(batch.getBytes(StandardCharsets.US_ASCII)), mails::add);
        assertEquals(
                List.of(250, 550, 452),
                mails.get(0).recipients().stream()
                        .map(one -> one.reply().code())
                        .toList());
    }

    @Test
    void passesALongLineOnInPieces() {
        String line = "x".repeat(300_000);
        BatchReport report = read(
                "EHLO there.test\nMAIL FROM:<a@there.test>\nRCPT TO:<b@example.test>\nDATA\n" + line + "\n.\nQUIT\n");
        assertTrue(report.isComplete(), report.toString());
        RecordedMail mail = sink.mails().get(0);
        assertEquals(line + "\r\n", mail.text());
    }
}
