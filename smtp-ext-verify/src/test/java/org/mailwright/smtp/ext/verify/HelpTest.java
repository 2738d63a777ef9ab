package org.mailwright.smtp.ext.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class HelpTest {

    @TranscriptTest("help.smtp")
    void tellsWhatIsThere(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new HelpExtension(), new VerifyExtension())));
    }

    @TranscriptTest("help-missing.smtp")
    void isGoneWithoutItsExtension(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new VerifyExtension())));
    }

    @TranscriptTest("help-stranger.smtp")
    void helpsStrangers(TranscriptRun run) throws IOException {
        ListenerProfile closed = ListenerProfile.of("submission", Role.SUBMISSION, "mx.example.test");
        assertEquals(List.of(), run.play(new TestService(closed, List.of(new HelpExtension()))));
    }

    @Test
    void isFound() {
        assertEquals(
                List.of("VRFY", "HELP"),
                ServiceLoader.load(Extension.class).stream()
                        .map(found -> found.get().id())
                        .toList());
    }
}
