package org.mailwright.smtp.ext.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.testkit.TestClock;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

class EtrnServerTest {

    private static final String HELLO = "S: 220 *\nC: EHLO x\nS*: 250 ETRN\n";

    private static Flush answer(EtrnNode node, SessionView session) throws SmtpException, IOException {
        return switch (node.toString()) {
            case "busy.test" -> new Flush.CountedStarted(14);
            case "some.test" -> new Flush.PendingStarted();
            case "@all.test", "#uucp", "@busy.test" -> new Flush.Started();
            case "foreign.test" -> new Flush.NotAllowed("ask your p\u00f6stmaster");
            case "full.test" -> new Flush.Unable("the queue rests");
            case "own.test" -> throw SmtpException.of(458, "4.7.0", "The queue says so itself");
            case "broken.test" -> throw new IOException("the queue is away");
            default -> new Flush.NothingWaits();
        };
    }

    private static Extension etrn(EtrnConfig config, QueueFlusher flusher) {
        return new EtrnExtension(config, flusher, TestClock.at("2030-01-31T12:00:00Z"));
    }

    @TranscriptTest("etrn.smtp")
    void asksTheQueue(TranscriptRun run) throws IOException {
        EtrnConfig always = new EtrnConfig(false, Duration.ZERO);
        run.play(TestService.mx(etrn(always, EtrnServerTest::answer)));
        run.play(TestService.mx(etrn(always, (QueueFlusher & NonBlocking) EtrnServerTest::answer)));
    }

    @TranscriptTest("etrn-auth.smtp")
    void asksStrangersForTheirCredentialsFirst(TranscriptRun run) throws IOException {
        EtrnConfig users = new EtrnConfig(true, Duration.ZERO);
        run.play(TestService.mx(etrn(users, EtrnServerTest::answer), new Login()));
    }

    private static void assertAnswers(TestService service, String dialogue) throws IOException {
        assertEquals(List.of(), new TranscriptRun(Transcript.parse("answers", dialogue), Way.MEMORY).play(service));
    }

    @Test
    void asksAgainAfterAWhile() throws IOException {
        TestClock clock = TestClock.at("2030-01-31T12:00:00Z");
        TestService service = TestService.mx(new EtrnExtension(EtrnConfig.DEFAULT, EtrnServerTest::answer, clock));
        assertAnswers(
                service,
                HELLO + "C: ETRN busy.test\nS: 253 *\nC: ETRN busy.test\n"
                        + "S: 458 4.4.5 *: it was asked for a moment ago\n"
                        + "C: ETRN @busy.test\nS: 250 *\nDROP");
        clock.advance(Duration.ofSeconds(59));
        assertAnswers(service, HELLO + "C: ETRN busy.test\nS: 458 *\nDROP");
        clock.advance(Duration.ofSeconds(1));
        assertAnswers(service, HELLO + "C: ETRN busy.test\nS: 253 *\nDROP");
    }

    @Test
    void remembersABoundedNumberOfNodes() {
        Pauses pauses = new Pauses(Duration.ofHours(1), TestClock.at("2030-01-31T12:00:00Z"));
        for (int i = 0; i <= 10_000; i++) {
            assertTrue(pauses.take("n" + i));
        }
        assertFalse(pauses.take("n1"));
        assertTrue(pauses.take("n0"));
    }

    @Test
    void isFoundAndConfigured() throws IOException {
        Extension found = ServiceLoader.load(Extension.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals("ETRN"))
                .findFirst()
                .orElseThrow();
        Settings settings = Settings.of("extension.ETRN", Map.of("require-auth", true, "interval", "5m"));
        assertAnswers(
                TestService.mx(found.configured(settings), new Login()),
                HELLO + "C: ETRN a.test\nS: 530 *\nC: LOGIN a\nS: 235 *\nC: ETRN a.test\n"
                        + "S: 458 4.4.5 *: mail is not queued here\nDROP");
        Settings wrong = Settings.of("extension.ETRN", Map.of("intervall", "5m"));
        assertEquals(
                "extension.ETRN.intervall: unknown key; expected require-auth, interval",
                assertThrows(IllegalArgumentException.class, () -> found.configured(wrong))
                        .getMessage());
    }

    @Test
    void isInstalledByItsModule() {
        Set<Extension> installed =
                Guice.createInjector(new TurnModule()).getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertTrue(installed.stream()
                .map(Extension::id)
                .collect(Collectors.toSet())
                .contains("ETRN"));
    }
}
