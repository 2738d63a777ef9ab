package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordingSink;

@Timeout(60)
class BatchCommandTest {
    private static final String TWO = """
        HELO far.test
        MAIL FROM:<a@far.test>
        RCPT TO:<b@example.test>
        RCPT TO:<no@example.test>
        RCPT TO:<c@example.test>
        DATA
        Subject: one

        ..dot
        .
        MAIL FROM:<>
        RCPT TO:<d@example.test>
        DATA
        Subject: two

        QUIT
        .
        QUIT
        """;

    @TempDir
    private Path folder;

    private final RecordingSink sink = RecordingSink.blocking();
    private SmtpServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = SmtpServer.builder("mx.example.test")
                .listen("mx", Role.MX, "127.0.0.1:0")
                .local("example.test")
                .gate(Stage.RCPT, (session, recipient) -> {
                    String name = recipient.path() instanceof Mailbox mailbox
                            ? mailbox.localPart().content()
                            : "";
                    return switch (name) {
                        case "no" -> Verdict.refuse(Reply.of(550, "5.1.1", "No such user"));
                        case "later" -> Verdict.refuse(Reply.of(450, "4.2.1", "Later"));
                        default -> Verdict.pass();
                    };
                })
                .start(sink);
        port = server.address("mx").getPort();
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals(List.of(), sink.violations());
    }

    private Run batch(String in, String... more) {
        String[] words = new String[more.length + 3];
        System.arraycopy(more, 0, words, 3, more.length);
        words[0] = "batch";
        words[1] = "--server";
        words[2] = "127.0.0.1:" + port;
        return new TestTerminal(folder).run(in, words);
    }

    @Test
    void eachMailIsTold() {
        Run run = batch(TWO);
        assertEquals("", run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(3, lines.size(), run.out());
        assertTrue(lines.get(0).matches("FROM:<a@far.test> 250 .*"), run.out());
        assertEquals("  <no@example.test> 550 5.1.1 No such user", lines.get(1));
        assertTrue(lines.get(2).matches("FROM:<> 250 .*"), run.out());
        assertEquals(ExitStatus.UNAVAILABLE, run.status());
        assertEquals(2, sink.mails().size());
        assertEquals("<b@example.test> <c@example.test>", sink.mails().get(0).recipients());
        assertTrue(
                sink.mails().get(0).text().endsWith("Subject: one\r\n\r\n.dot\r\n"),
                sink.mails().get(0).text());
        assertTrue(
                sink.mails().get(1).text().endsWith("Subject: two\r\n\r\nQUIT\r\n"),
                sink.mails().get(1).text());
    }

    @Test
    void statusesAreThoseOfSend() throws IOException {
        Path file = Files.writeString(folder.resolve("b.bsmtp"), TWO.replace("RCPT TO:<no@example.test>\n", ""));
        assertEquals(ExitStatus.OK, batch("", file.getFileName().toString()).status());
        assertEquals(
                ExitStatus.TEMPORARY, batch(TWO.replace("d@", "later@"), "-").status(), "one may go later");
        assertEquals(ExitStatus.NO_INPUT, batch("", "none.bsmtp").status());
        assertEquals(ExitStatus.USAGE, batch("", "--tls", "never").status());
    }

    @Test
    void aBatchThatIsBrokenOffIsTold() {
        Run run = batch(TWO.substring(0, TWO.indexOf("Subject: two")));
        assertEquals(ExitStatus.DATA, run.status());
        assertEquals("mailwright batch: the batch ended without QUIT\n", run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("FROM:<> 451 4.4.2 The batch ended before the mail did", lines.getLast(), run.out());
        assertEquals(1, sink.mails().size(), "the first was whole");
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        server.close();
        Run run = batch(TWO);
        assertEquals(ExitStatus.TEMPORARY, run.status(), run.out());
        assertEquals(
                2, run.out().lines().filter(line -> line.startsWith("FROM:")).count());
    }
}
