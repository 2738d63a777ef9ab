package org.mailwright.smtp.ext.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class LimitsServerTest {

    /** Refuses, behind LIMITS, whoever is bad. */
    private static final class Refusing implements Extension {
        @Override
        public String id() {
            return "X-REFUSING";
        }

        @Override
        public void server(ServerSide side) {
            side.gate(
                    Stage.MAIL,
                    1000,
                    (session, request) -> judged(request.reversePath().path()));
            side.gate(
                    Stage.RCPT,
                    1000,
                    (session, recipient) -> judged(recipient.path().path()));
        }

        private static Verdict judged(String path) {
            return path.startsWith("<bad") ? Verdict.refuse(550, "5.1.1", "Bad") : Verdict.pass();
        }
    }

    @TranscriptTest("limits.smtp")
    void keepsWhatItSays(TranscriptRun run) throws IOException {
        assertEquals(
                "<a@one.test> <b@ONE.test>",
                run.play(TestService.mx(new LimitsExtension(new LimitsConfig(3, 2, 2))))
                        .getFirst()
                        .recipients());
    }

    @TranscriptTest("default.smtp")
    void saysWhatTheListenerTakes(TranscriptRun run) throws IOException {
        Limits hundred = new Limits(2048, 100, 20, 200, 1024, 4096, false);
        assertEquals(List.of(), run.play(TestService.mx(new LimitsExtension()).with(hundred)));
    }

    @TranscriptTest("refused.smtp")
    void countsOnlyWhatPasses(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(), run.play(TestService.mx(new LimitsExtension(new LimitsConfig(1, 0, 1)), new Refusing())));
    }

    @TranscriptTest("missing.smtp")
    void isGoneWithoutItsExtension(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void isFoundConfiguredAndInstalled() {
        Extension found = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        assertEquals("LIMITS", found.id());
        assertEquals(
                "LIMITS",
                found.configured(Settings.of("extension.LIMITS", Map.of("mails", 5L)))
                        .id());
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> found.configured(Settings.of("extension.LIMITS", Map.of("mails", 1_000_000L))));
        assertEquals(
                "extension.LIMITS.mails: expected a whole number from 0 to 999999, found 1000000", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LimitsConfig(0, -1, 0));
        Set<Extension> installed =
                Guice.createInjector(new LimitsModule()).getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertTrue(installed.iterator().next() instanceof LimitsExtension);
    }
}
