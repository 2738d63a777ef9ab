package org.mailwright.smtp.ext.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.TraceClause;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestClock;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class ScheduleServerTest {

    private static final Limits PATIENT = new Limits(2048, 100, 100, 100, 1024, 4096, false);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final TestClock CLOCK = TestClock.at(NOON);

    /** Lets a client be somebody. */
    private static final class Login implements Extension {
        @Override
        public String id() {
            return "XLOGIN";
        }

        @Override
        public void server(ServerSide side) {
            side.verb(VerbSpec.of("XLOGIN"), (command, session) -> {
                session.authenticated(new Identity("a", "X"));
                return Step.say(Reply.of(250, "2.0.0", "OK"));
            });
        }
    }

    private static Extension by(Duration least) {
        return new DeliverByExtension(new DeliverByConfig(least), CLOCK);
    }

    private static MtPriorityConfig priorities(Optional<String> policy, int users, int least) {
        return new MtPriorityConfig(policy, 0, users, least, Map.of(3, 100L), false);
    }

    private static <T> List<Optional<T>> values(List<RecordedMail> mails, AttributeKey<T> key) {
        return mails.stream().map(mail -> mail.envelope().attributes().get(key)).toList();
    }

    @TranscriptTest("by.smtp")
    void keepsTheDeadline(TranscriptRun run) throws IOException {
        List<RecordedMail> mails =
                run.play(TestService.mx(by(Duration.ofMinutes(1))).with(PATIENT));
        assertEquals(
                List.of(
                        Optional.of(new DeliverBy(NOON.plusSeconds(120), DeliverBy.Mode.RETURN, false)),
                        Optional.of(new DeliverBy(NOON.plusSeconds(999_999_999), DeliverBy.Mode.RETURN, true)),
                        Optional.of(new DeliverBy(NOON.minusSeconds(5), DeliverBy.Mode.NOTIFY, true)),
                        Optional.of(new DeliverBy(NOON, DeliverBy.Mode.NOTIFY, false))),
                values(mails, DeliverByExtension.BY));
    }

    @TranscriptTest("by-any.smtp")
    void promisesNothing(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(by(Duration.ZERO))));
    }

    @TranscriptTest("hold.smtp")
    void holds(TranscriptRun run) throws IOException {
        Extension hold = new FutureReleaseExtension(new FutureReleaseConfig(Duration.ofDays(1)), CLOCK);
        List<RecordedMail> mails =
                run.play(TestService.of(Role.SUBMISSION, hold).with(PATIENT));
        assertEquals(
                List.of(
                        Optional.of(NOON.plusSeconds(60)),
                        Optional.of(NOON.plusSeconds(86400)),
                        Optional.of(NOON.plusMillis(500))),
                values(mails, FutureReleaseExtension.RELEASE));
        assertEquals(
                List.of(
                        Optional.of("for;60"),
                        Optional.of("until;2026-06-02T12:00:00Z"),
                        Optional.of("until;2026-06-01T12:00:00.500Z")),
                values(mails, FutureReleaseExtension.REQUEST));
    }

    @TranscriptTest("hold-by.smtp")
    void deliversNothingBeforeItsRelease(TranscriptRun run) throws IOException {
        Extension hold = new FutureReleaseExtension(new FutureReleaseConfig(Duration.ofDays(1)), CLOCK);
        List<RecordedMail> mails = run.play(
                TestService.of(Role.SUBMISSION, by(Duration.ZERO), hold).with(PATIENT));
        assertEquals(
                List.of(Optional.of(NOON.plusSeconds(120)), Optional.of(NOON.plusSeconds(1800))),
                values(mails, FutureReleaseExtension.RELEASE));
    }

    @TranscriptTest("priority.smtp")
    void givesPriorities(TranscriptRun run) throws IOException {
        List<RecordedMail> mails =
                run.play(TestService.mx(new MtPriorityExtension(priorities(Optional.of("NSEP"), 4, -9)), new Login())
                        .with(PATIENT));
        assertEquals(
                List.of(Optional.of(-9), Optional.of(0), Optional.of(4)), values(mails, MtPriorityExtension.PRIORITY));
        assertEquals(
                List.of(clause("-9"), clause("0"), clause("4")),
                values(mails, TraceClause.ALL),
                "what Received says of it");
        assertEquals(
                "A: 1\r\nMT-Prioritys: 1\r\nB: 2\r\n\r\nMT-Priority: body\r\n",
                mails.get(0).text());
        assertEquals("MT-Priori\r\n", mails.get(1).text());
    }

    @TranscriptTest("tunnel.smtp")
    void believesTheHeaderWhereMailSaysNothing(TranscriptRun run) throws IOException {
        MtPriorityConfig tunnel = new MtPriorityConfig(Optional.empty(), 0, 4, -5, Map.of(4, 30L), true);
        List<RecordedMail> mails = run.play(
                TestService.mx(new MtPriorityExtension(tunnel), new Login()).with(PATIENT));
        assertEquals(
                List.of("-5", "0", "none", "-3", "4", "2", "0", "0", "0", "0", "1"),
                mails.stream()
                        .map(mail -> mail.envelope()
                                .attributes()
                                .get(MtPriorityExtension.PRIORITY)
                                .map(Object::toString)
                                .orElse("none"))
                        .toList());
        assertEquals(
                List.of(clause("-5"), clause("0"), Optional.empty(), clause("-3"), clause("4")),
                values(mails, TraceClause.ALL).subList(0, 5));
        mails.forEach(mail -> assertEquals("A: 1\r\n\r\nx\r\n", mail.text(), "the field is taken out"));
    }

    private static Optional<List<TraceClause>> clause(String value) {
        return Optional.of(List.of(new TraceClause("PRIORITY", value)));
    }

    @TranscriptTest("emergency.smtp")
    void servesWhatIsUrgent(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(),
                run.play(TestService.mx(new MtPriorityExtension(priorities(Optional.empty(), 9, 5)), new Login())));
    }

    @TranscriptTest("missing.smtp")
    void holdsNothingOutsideSubmission(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new FutureReleaseExtension())));
    }

    @TranscriptTest("missing-all.smtp")
    void isGoneWithoutItsExtensions(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.of(Role.SUBMISSION)));
    }

    @Test
    void survivesAQueue() {
        assertSurvives(
                DeliverByExtension.BY, new DeliverBy(Instant.ofEpochSecond(5), DeliverBy.Mode.RETURN, true), "5;RT");
        assertSurvives(
                DeliverByExtension.BY, new DeliverBy(Instant.ofEpochSecond(-5), DeliverBy.Mode.NOTIFY, false), "-5;N");
        assertSurvives(FutureReleaseExtension.RELEASE, NOON, "2026-06-01T12:00:00Z");
        assertSurvives(MtPriorityExtension.PRIORITY, -9, "-9");
        assertThrows(IllegalArgumentException.class, () -> DeliverBy.restored("5"));
    }

    private static <T> void assertSurvives(AttributeKey<T> key, T value, String text) {
        AttributeKey.Codec<T> codec = key.codec().orElseThrow();
        assertEquals(text, codec.write().apply(value));
        assertEquals(value, codec.read().apply(text));
    }

    @Test
    void areFoundConfiguredAndInstalled() {
        assertWrong(found("DELIVERBY"), Map.of("most", "1s"), "extension.X.most: unknown key; expected least");
        assertWrong(found("FUTURERELEASE"), Map.of("most", "1s"), "extension.X.most: unknown key; expected longest");
        assertWrong(
                found("MT-PRIORITY"),
                Map.of("least", 10L),
                "extension.X.least: expected a whole number from -9 to 9, found 10");
        assertWrong(
                found("MT-PRIORITY"),
                Map.of("sizes", Map.of("many", 10L)),
                "extension.X.sizes [many]: expected priorities from -9 to 9, found many");
        assertEquals(
                "MT-PRIORITY",
                found("MT-PRIORITY")
                        .configured(Settings.of(
                                "extension.X", Map.of("policy", "MIXER", "sizes", Map.of("6", "1MiB"), "tunnel", true)))
                        .id());
        assertWrong(
                found("MT-PRIORITY"),
                Map.of("policy", "a b"),
                "policy: expected up to 20 letters, digits, hyphens, underscores and dots, found a b");
        assertThrows(IllegalArgumentException.class, () -> new FutureReleaseConfig(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new DeliverByConfig(Duration.ofSeconds(-1)));
        assertEquals(
                3,
                Guice.createInjector(new ScheduleModule())
                        .getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}))
                        .size());
    }

    private static Extension found(String id) {
        return ServiceLoader.load(Extension.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(extension -> extension.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertWrong(Extension extension, Map<String, Object> values, String message) {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class, () -> extension.configured(Settings.of("extension.X", values)));
        assertEquals(message, wrong.getMessage());
    }
}
