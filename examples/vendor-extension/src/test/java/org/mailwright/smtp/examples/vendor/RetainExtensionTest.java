package org.mailwright.smtp.examples.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

/** In memory, octet by octet, and over a socket: the way in which a vendor tests an extension. */
class RetainExtensionTest {

    private static Settings settings(Map<String, Object> values) {
        return Settings.of("extension.X-RETAIN", values);
    }

    @TranscriptTest("retain.smtp")
    void installed(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(new RetainExtension(365)));
        assertEquals(
                List.of(Optional.of(30), Optional.empty()),
                mails.stream()
                        .map(mail -> mail.envelope().attributes().get(RetainExtension.DAYS))
                        .toList());
    }

    @TranscriptTest("retain-missing.smtp")
    void notInstalled(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void isFoundInItsJarAndConfigured() throws IOException {
        Extension found = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        Extension configured = found.configured(settings(Map.of("most-days", 365L)));
        new TranscriptRun(Transcript.resource(getClass(), "retain.smtp"), Way.MEMORY).play(TestService.mx(configured));
    }

    @Test
    void namesWhatIsWrongInItsConfiguration() {
        Extension found = new RetainExtension();
        assertEquals(
                "extension.X-RETAIN.most-days: expected a whole number from 1 to 36500, found 0",
                assertThrows(IllegalArgumentException.class, () -> found.configured(settings(Map.of("most-days", 0L))))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> found.configured(settings(Map.of("days", 1L))));
    }
}
