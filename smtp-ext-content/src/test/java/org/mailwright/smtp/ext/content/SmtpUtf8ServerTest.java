package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class SmtpUtf8ServerTest {

    @TranscriptTest("utf8.smtp")
    void takesAddressesInUtf8(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(new EightBitMimeExtension(), new SmtpUtf8Extension()));
        assertEquals(1, mails.size());
        RecordedMail mail = mails.getFirst();
        assertEquals("<jürgen@bücher.example>", mail.envelope().reversePath().path());
        assertEquals("<用户@例え.example> <b@example.test>", mail.recipients());
        assertEquals("Subject: Grüße\r\n\r\nx\r\n", new String(mail.octets(), StandardCharsets.UTF_8));
        assertEquals(Optional.of(true), mail.envelope().attributes().get(WellKnown.INTERNATIONALIZED));
    }

    @TranscriptTest("without.smtp")
    void nothingIsLeftWithoutIt(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void needsEightBits() {
        TestService alone = TestService.mx(new SmtpUtf8Extension());
        RecordingSink sink = RecordingSink.blocking();
        assertEquals(
                "extension SMTPUTF8 requires 8BITMIME, which is not installed",
                assertThrows(IllegalArgumentException.class, () -> alone.into(sink))
                        .getMessage());
    }
}
