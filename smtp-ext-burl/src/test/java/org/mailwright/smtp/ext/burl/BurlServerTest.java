package org.mailwright.smtp.ext.burl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.ext.content.BinaryMimeExtension;
import org.mailwright.smtp.ext.content.ChunkingExtension;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

@Timeout(120)
class BurlServerTest {

    private static FakeImap imap;

    @BeforeAll
    static void start() throws IOException {
        imap = new FakeImap();
    }

    @AfterAll
    static void stop() throws IOException {
        imap.close();
    }

    private static BurlConfig config() {
        return BurlConfig.DEFAULT
                .with("imap.example.test", imap.known(FakeImap.PASSWORD))
                .withLargest(10_000);
    }

    private static TestService service(BurlConfig config) {
        return TestService.of(
                Role.SUBMISSION,
                new EightBitMimeExtension(),
                new ChunkingExtension(),
                new Login(),
                new BurlExtension(config));
    }

    @TranscriptTest("fetched.smtp")
    void fetchesWholeMailsAndParts(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(service(config()));
        assertEquals(
                List.of(
                        "Subject: hello\r\n\r\nfetched\r\n",
                        "Subject: mixed\r\n\r\ntyped\r\nno line end\r\n",
                        "Subject: typed\r\n\r\nSubject: hello\r\n\r\nfetched\r\n",
                        "a \"text\"\r\n",
                        ""),
                mails.stream().map(RecordedMail::text).toList());
    }

    @TranscriptTest("refused.smtp")
    void refusesWithoutAskingAnyone(TranscriptRun run) throws IOException {
        int before = imap.heard().size();
        assertEquals(List.of(), run.play(service(config()).with(patient())));
        assertEquals(before, imap.heard().size());
    }

    @TranscriptTest("failed.smtp")
    void endsAMailWhoseContentCannotBeHad(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(service(config()).with(patient()));
        assertEquals(List.of("x\r\n"), mails.stream().map(RecordedMail::text).toList());
    }

    @TranscriptTest("binary.smtp")
    void keepsEveryBitOrRefuses(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.of(
                Role.SUBMISSION,
                new EightBitMimeExtension(),
                new ChunkingExtension(),
                new BinaryMimeExtension(),
                new Login(),
                new BurlExtension(config())));
        assertEquals(
                List.of("x\r\na\nb\r\n"), mails.stream().map(RecordedMail::text).toList());
    }

    @TranscriptTest("on-behalf.smtp")
    void actsForItsUser(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(service(BurlConfig.DEFAULT.with("imap.example.test", imap.onBehalf()))
                .with(patient()));
        assertEquals(2, mails.size());
    }

    @TranscriptTest({"missing.smtp"})
    void isGoneWithoutItsExtension(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(),
                run.play(TestService.of(
                        Role.SUBMISSION, new EightBitMimeExtension(), new ChunkingExtension(), new Login())));
    }

    @TranscriptTest("relay.smtp")
    void isNoneOfARelay(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(),
                run.play(TestService.mx(new EightBitMimeExtension(), new Login(), new BurlExtension(config()))));
    }

    private static Limits patient() {
        return new Limits(2048, 100, 100, 100, 1024, 4096, false);
    }

    private static void assertFails(BurlConfig config, String uid, String reply) throws IOException {
        Transcript transcript = Transcript.parse("fails", """
            S: 220 *
            C: EHLO client.example
            S*: 250 BURL
            C: LOGIN joe
            S: 235 *
            C: MAIL FROM:<joe@example.test>
            S: 250 *
            C: RCPT TO:<b@example.test>
            S: 250 *
            C: BURL imap://joe@imap.example.test/INBOX/;uid=%s;urlauth=submit+joe:internal:%s LAST
            S: %s
            C: NOOP
            S: 250 *
            """.formatted(uid, "a".repeat(32), reply));
        assertEquals(List.of(), new TranscriptRun(transcript, Way.MEMORY).play(service(config)));
    }

    @ParameterizedTest
    @CsvSource({"silent", "cut", "strange", "behind", "other", "endless", "long"})
    void doesNotBelieveTheServer(String uid) throws IOException {
        assertFails(config().withTimeout(Duration.ofMillis(700)), uid, "451 4.4.1 *");
    }

    @ParameterizedTest
    @CsvSource({"wrong", "wrong-port"})
    void saysSoWhereTheServerCannotBeAsked(String how) throws IOException {
        ImapServer away = new ImapServer(
                "127.0.0.1", 1, ImapServer.Security.NONE, Optional.empty(), "submit", FakeImap.PASSWORD, false);
        ImapServer known = how.equals("wrong") ? imap.known("wrong") : away;
        assertFails(BurlConfig.DEFAULT.with("IMAP.example.test", known), "message", "451 4.4.1 *");
        assertTrue(known.toString().startsWith("submit at 127.0.0.1:")
                && !known.toString().contains("wrong"));
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS", "IMPLICIT"})
    void sendsNoPasswordWithoutTls(ImapServer.Security security) throws IOException {
        ImapServer known = new ImapServer(
                "127.0.0.1", imap.port(), security, Optional.empty(), "submit", FakeImap.PASSWORD, false);
        assertFails(
                BurlConfig.DEFAULT.with("imap.example.test", known).withTimeout(Duration.ofSeconds(2)),
                "message",
                "451 4.4.1 *");
    }
}
