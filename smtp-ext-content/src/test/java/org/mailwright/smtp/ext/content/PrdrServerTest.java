package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class PrdrServerTest {

    private static final Limits PATIENT = new Limits(4096, 100, 100, 100, 8192, 4096, false);

    private static Reply answer(Recipient recipient) {
        return switch (recipient.path().path()) {
            case "<full@example.test>" -> Reply.of(552, "5.2.2", "Mailbox full");
            case "<later@example.test>" -> Reply.of(452, "4.2.2", "Mailbox full for now");
            default -> Reply.of(250, "2.0.0", "Taken");
        };
    }

    @TranscriptTest("prdr.smtp")
    void answersOncePerRecipient(TranscriptRun run) throws IOException {
        TestService service = TestService.mx(new PrdrExtension(), new ChunkingExtension());
        List<RecordedMail> mails =
                run.play(service.with(PATIENT), () -> RecordingSink.blocking().answering(PrdrServerTest::answer));
        assertEquals(6, mails.size());
        assertEquals(
                "<b@example.test> <full@example.test> <later@example.test>",
                mails.getFirst().recipients());
    }

    @TranscriptTest("prdr-lmtp.smtp")
    void isNotOfLmtp(TranscriptRun run) throws IOException {
        TestService service = TestService.of(Role.LMTP, new PrdrExtension());
        assertEquals(
                1,
                run.play(service, () -> RecordingSink.blocking().answering(PrdrServerTest::answer))
                        .size());
    }

    @TranscriptTest("without.smtp")
    void nothingIsLeftWithoutIt(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }
}
