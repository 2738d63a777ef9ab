package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class EightBitServerTest {

    @TranscriptTest("eight-bit.smtp")
    void takesEightBits(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(new EightBitMimeExtension()));
        assertEquals(1, mails.size());
        assertEquals("Gr\u00fc\u00dfe \u00e2\u0082\u00ac\r\n", mails.getFirst().text());
        assertEquals(
                Optional.of(BodyType.EIGHT_BIT_MIME),
                mails.getFirst().envelope().attributes().get(BodyType.KEY));
    }

    @TranscriptTest("without.smtp")
    void nothingIsLeftWithoutIt(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }
}
