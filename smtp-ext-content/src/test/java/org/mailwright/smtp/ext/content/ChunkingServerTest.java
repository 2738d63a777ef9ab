package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

class ChunkingServerTest {

    private static final TestService SERVICE =
            TestService.mx(new EightBitMimeExtension(), new ChunkingExtension(), new BinaryMimeExtension());
    private static final Limits MENDING = new Limits(2048, 1000, 20, 200, 64 * 1024, 32 * 1024, true);

    /** Twenty octets and no more, as SIZE would count them. */
    private record Twenty() implements Extension {
        @Override
        public String id() {
            return "TWENTY";
        }

        @Override
        public void server(ServerSide side) {
            side.content(0, (ContentStage.Factory & NonBlocking) (envelope, session) -> new ContentStage() {
                private int octets;

                @Override
                public void write(ByteBuffer content, Next next) throws SmtpException, IOException {
                    octets += content.remaining();
                    if (octets > 20) {
                        throw SmtpException.of(552, "5.3.4", "Message too large");
                    }
                    next.write(content);
                }
            });
        }
    }

    private static List<String> texts(List<RecordedMail> mails) {
        return mails.stream().map(RecordedMail::text).toList();
    }

    @TranscriptTest("chunks/taken.smtp")
    void joinsChunks(TranscriptRun run) throws IOException {
        for (List<RecordedMail> mails : List.of(run.play(SERVICE), run.play(SERVICE, RecordingSink::nonBlocking))) {
            assertEquals(List.of("Hi\r\n.\r\n.x\r\n", "x\r\n.\r\n\u00fc\r\n", "", "QUIT\r\n"), texts(mails));
        }
    }

    @TranscriptTest("chunks/order.smtp")
    void takesNoContentForCommands(TranscriptRun run) throws IOException {
        for (List<RecordedMail> mails : List.of(run.play(SERVICE), run.play(SERVICE, RecordingSink::nonBlocking))) {
            assertEquals(List.of("x\r\n", "y\r\n"), texts(mails));
            assertEquals("<b@example.test>", mails.getFirst().recipients());
        }
    }

    @TranscriptTest({
        "chunks/unreadable-1.smtp",
        "chunks/unreadable-2.smtp",
        "chunks/unreadable-3.smtp",
        "chunks/unreadable-4.smtp",
        "chunks/unreadable-5.smtp",
        "chunks/unreadable-6.smtp"
    })
    void closesWhenItCannotKnowWhereTheChunkEnds(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(SERVICE));
    }

    @TranscriptTest("chunks/refused.smtp")
    void keepsNothingOfAMailWhoseChunkWasRefused(TranscriptRun run) throws IOException {
        TestService limited = TestService.mx(new ChunkingExtension(), new Twenty());
        assertEquals(List.of(), run.play(limited));
        assertEquals(List.of(), run.play(limited, RecordingSink::nonBlocking));
    }

    @TranscriptTest("binary.smtp")
    void takesBinaryContentInChunksOnly(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(SERVICE);
        assertEquals(List.of("\0\r\n.\r\n\u00ff\n\r\r"), texts(mails));
        assertEquals(
                Optional.of(BodyType.BINARY_MIME),
                mails.getFirst().envelope().attributes().get(BodyType.KEY));
    }

    @TranscriptTest("lmtp.smtp")
    void answersEachRecipientAtTheEnd(TranscriptRun run) throws IOException {
        assertEquals(List.of("x\r\n"), texts(run.play(TestService.of(Role.LMTP, new ChunkingExtension()))));
    }

    @TranscriptTest("without.smtp")
    void nothingIsLeftWithoutIt(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void tellsWhatTheSinkSays() throws IOException {
        String dialogue = """
            S: 220 *
            C: EHLO client.example
            S*: 250 CHUNKING
            C: MAIL FROM:<>
            C: RCPT TO:<b@example.test>
            R: BDAT 3\\r\\nx\\r\\nBDAT 6 LAST\\r\\nQUIT\\r\\nNOOP\\r\\n
            S: 250 *
            S: 250 *
            S: 250 *
            S: 452 4.3.1 Disk full
            S: 250 *
            """;
        for (Way way : Way.values()) {
            RecordingSink full = RecordingSink.blocking().failing(RecordingSink.Moment.COMMIT, () -> {
                throw new SmtpException(Reply.of(452, "4.3.1", "Disk full"));
            });
            assertEquals(
                    List.of(), new TranscriptRun(Transcript.parse("full", dialogue), way).play(SERVICE, () -> full));
        }
    }

    @Test
    void mendsLineEndsWhereTheListenerDoes() throws IOException {
        String dialogue = """
            S: 220 *
            C: EHLO client.example
            S*: 250 CHUNKING
            C: MAIL FROM:<>
            C: RCPT TO:<b@example.test>
            R: BDAT 4\\r\\na\\n.\\nBDAT 1\\r\\n\\rBDAT 1\\r\\n\\nBDAT 1 LAST\\r\\n\\r
            S: 250 *
            S: 250 *
            S: 250 *
            S: 250 *
            S: 250 *
            S: 250 *
            """;
        for (Way way : Way.values()) {
            TranscriptRun run = new TranscriptRun(Transcript.parse("mend", dialogue), way);
            assertEquals(List.of("a\r\n.\r\n\r\n\r\n"), texts(run.play(SERVICE.with(MENDING))));
        }
    }

    @Test
    void boundsChunksWithHardlyAnythingInThem() throws IOException {
        String dialogue = "S: 220 *\nC: EHLO x\nS*: 250 CHUNKING\nC: MAIL FROM:<>\nC: RCPT TO:<b@example.test>\n"
                + "S: 250 *\nS: 250 *\nR*1000: BDAT 1\\r\\nx\n" + "S: 250 *\n".repeat(1000)
                + "R: BDAT 1\\r\\nxBDAT 1 LAST\\r\\nx\nS: 554 5.5.0 *\nS: 503 *\nDROP\n";
        TranscriptRun run = new TranscriptRun(Transcript.parse("tiny", dialogue), Way.MEMORY);
        assertEquals(List.of(), run.play(SERVICE));
    }

    @Test
    void needsWhatItBuildsUpon() {
        TestService alone = TestService.mx(new EightBitMimeExtension(), new BinaryMimeExtension());
        RecordingSink sink = RecordingSink.blocking();
        assertEquals(
                "extension BINARYMIME requires CHUNKING, which is not installed",
                assertThrows(IllegalArgumentException.class, () -> alone.into(sink))
                        .getMessage());
    }
}
