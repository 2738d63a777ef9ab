package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;

/** Whole dialogues of a server session, each in every way. */
class SessionTranscriptTest {

    @TranscriptTest("session/")
    void withSinkThatMayBlock(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx());
        assertMails(run, mails);
    }

    @TranscriptTest("session/")
    void withSinkThatNeverBlocks(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(), RecordingSink::nonBlocking);
        assertMails(run, mails);
    }

    private static void assertMails(TranscriptRun run, List<RecordedMail> mails) {
        List<String> expected = switch (run.transcript().name()) {
            case "session/mail.smtp" -> List.of("Subject: one\r\n\r\nfirst line\r\n.a line with a dot\r\n");
            case "session/pipelined.smtp" -> List.of("one\r\n", "two\r\n");
            case "session/stop-in-mail.smtp" -> List.of("x\r\n");
            default -> List.of();
        };
        assertEquals(expected, mails.stream().map(RecordedMail::text).toList());
    }
}
