package org.mailwright.smtp.ext.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.ext.policy.MailboxHistory.Ownership;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class PolicyServerTest {

    private static final Limits PATIENT = new Limits(4096, 100, 100, 100, 8192, 4096, false);
    private static final Instant CHANGE = Instant.parse("2020-01-01T00:00:00Z");

    private static Ownership since(ForwardPath path, Instant since) throws IOException {
        if (since.isAfter(CHANGE)) {
            return Ownership.CONTINUOUS;
        }
        return switch (path.path().substring(1, path.path().indexOf('@'))) {
            case "moved" -> Ownership.MAILBOX_CHANGED;
            case "sold" -> Ownership.DOMAIN_CHANGED;
            case "forgotten" -> Ownership.UNKNOWN;
            case "far" -> Ownership.ELSEWHERE;
            case "broken" -> throw new IOException("no history");
            default -> Ownership.CONTINUOUS;
        };
    }

    @TranscriptTest("solicit.smtp")
    void refusesSolicitations(TranscriptRun run) throws IOException {
        Extension extension =
                new NoSolicitingExtension(new NoSolicitingConfig(List.of("net.example:ADV", "org.example:ADV:ADLT")));
        List<RecordedMail> mails = run.play(TestService.mx(extension).with(PATIENT));
        assertEquals(
                List.of(Optional.of(new Solicitations(List.of("net.example:OTHER", "x-1_.y"))), Optional.empty()),
                mails.stream()
                        .map(mail -> mail.envelope().attributes().get(NoSolicitingExtension.SOLICIT))
                        .toList());
    }

    @TranscriptTest("solicit-all.smtp")
    void takesAll(TranscriptRun run) throws IOException {
        assertEquals(1, run.play(TestService.mx(new NoSolicitingExtension())).size());
    }

    @TranscriptTest("rrvs.smtp")
    void asksTheHistory(TranscriptRun run) throws IOException {
        List<MailboxHistory> histories =
                List.of(PolicyServerTest::since, (MailboxHistory & NonBlocking) PolicyServerTest::since);
        for (MailboxHistory history : histories) {
            List<RecordedMail> mails =
                    run.play(TestService.mx(new RrvsExtension(history)).with(PATIENT));
            assertEquals(
                    "<same@example.test> <moved@example.test> <far@example.test> <Support@example.test> <Postmaster>",
                    mails.getFirst().recipients());
            assertEquals(
                    List.of(
                            "2014-04-03T23:01:00Z;R",
                            "2021-04-03T23:01:00Z;R",
                            "2014-04-03T23:01:00Z;C",
                            "2014-04-03T23:01:00Z;R",
                            "2014-04-03T23:01:00Z;R"),
                    mails.getFirst().envelope().recipients().stream()
                            .map(one -> one.attributes()
                                    .get(RrvsExtension.VALID_SINCE)
                                    .map(ValidSince::toString)
                                    .orElse(""))
                            .toList());
        }
    }

    private static boolean allows(SessionView session, Mailbox submitter) {
        return session.hello()
                .orElseThrow()
                .name()
                .equalsIgnoreCase(submitter.host().toString());
    }

    @TranscriptTest("submitter.smtp")
    void holdsTheSubmitterAgainstTheHeader(TranscriptRun run) throws IOException {
        List<SubmitterPolicy> policies =
                List.of(PolicyServerTest::allows, (SubmitterPolicy & NonBlocking) PolicyServerTest::allows);
        for (SubmitterPolicy policy : policies) {
            List<RecordedMail> mails =
                    run.play(TestService.mx(new SubmitterExtension(policy)).with(PATIENT));
            assertEquals(
                    List.of("a+b@client.example", "a@client.example", "a@client.example", "c@client.example", "nobody"),
                    mails.stream()
                            .map(mail -> mail.envelope()
                                    .attributes()
                                    .get(SubmitterExtension.SUBMITTER)
                                    .map(Mailbox::toString)
                                    .orElse("nobody"))
                            .toList());
            assertEquals("<>", mails.get(1).envelope().reversePath().path());
        }
    }

    @TranscriptTest("missing.smtp")
    void isGoneWithoutItsExtensions(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void survivesAQueue() {
        ValidSince since = new ValidSince(CHANGE, false);
        var codec = RrvsExtension.VALID_SINCE.codec().orElseThrow();
        assertEquals(since, codec.read().apply(codec.write().apply(since)));
        Solicitations classes = new Solicitations(List.of("a", "b:c"));
        var list = NoSolicitingExtension.SOLICIT.codec().orElseThrow();
        assertEquals(classes, list.read().apply(list.write().apply(classes)));
        assertThrows(IllegalArgumentException.class, () -> list.read().apply("a b"));
    }

    @Test
    void areFoundConfiguredAndInstalled() {
        Set<String> found = ServiceLoader.load(Extension.class).stream()
                .map(each -> each.get().id())
                .collect(Collectors.toSet());
        assertEquals(Set.of("NO-SOLICITING", "RRVS", "SUBMITTER"), found);
        Extension extension = new NoSolicitingExtension();
        assertEquals(
                "NO-SOLICITING",
                extension
                        .configured(Settings.of("extension.X", Map.of("refused", List.of("net.example:ADV"))))
                        .id());
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> extension.configured(Settings.of("extension.X", Map.of("refused", List.of("a b")))));
        assertEquals("refused: expected classes such as net.example:ADV, found a b", wrong.getMessage());
        assertEquals(
                3,
                Guice.createInjector(new PolicyModule())
                        .getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}))
                        .size());
    }
}
