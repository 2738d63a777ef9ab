package org.mailwright.smtp.ext.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.Transcript;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.Way;

class VerifyTest {

    private static final VerifyConfig EVERYWHERE =
            new VerifyConfig(EnumSet.allOf(Role.class), EnumSet.allOf(Role.class));

    private static Mailbox mailbox(String path) {
        return (Mailbox) ForwardPath.parse("<" + path + ">");
    }

    private static class People implements Directory {

        private static final Entry ALICE = new Entry("Alice Example", mailbox("alice@example.test"));
        private static final Entry JOE = Entry.of(mailbox("joe@example.test"));
        private static final Entry JAN = new Entry("J\rn Smith", mailbox("jan@example.test"));

        @Override
        public Verification verify(String name, SessionView session) throws IOException {
            return switch (name) {
                case "alice", "<alice>" -> new Verification.Local(ALICE);
                case "\"al ice\"" -> new Verification.Local(Entry.of(mailbox("\"al ice\"@example.test")));
                case "away" -> new Verification.Forwarded(Entry.of(mailbox("away@elsewhere.test")));
                case "shy" -> new Verification.Unverified();
                case "team" -> new Verification.IsList();
                case "gone" -> new Verification.Moved(mailbox("gone@elsewhere.test"));
                case "smith" -> new Verification.Ambiguous(List.of(JAN, JOE));
                case "many" -> new Verification.Ambiguous(Collections.nCopies(600, JOE));
                case "jürgen" -> new Verification.Local(new Entry("Jürgen \u0001", mailbox("jürgen@example.test")));
                case "jan" -> new Verification.Local(new Entry("Jån", mailbox("jan@example.test")));
                case "fort" -> new Verification.Forwarded(Entry.of(mailbox("fort@bücher.test")));
                case "weg" -> new Verification.Moved(mailbox("weg@bücher.test"));
                case "müller" -> new Verification.Ambiguous(List.of(JOE, Entry.of(mailbox("müller@example.test"))));
                case "broken" -> throw new IOException("the directory is away");
                default -> new Verification.Unknown();
            };
        }

        @Override
        public Expansion expand(String name, SessionView session) {
            return switch (name) {
                case "team" -> new Expansion.Members(List.of(ALICE, JOE));
                case "gruppe" -> new Expansion.Members(List.of(ALICE, Entry.of(mailbox("jürgen@example.test"))));
                case "crowd" -> new Expansion.Members(Collections.nCopies(600, JOE));
                case "alice" -> new Expansion.IsUser();
                case "shy" -> new Expansion.Undisclosed();
                default -> new Expansion.Unknown();
            };
        }
    }

    private static final class PeopleInMemory extends People implements NonBlocking {}

    @TranscriptTest("told.smtp")
    void tellsWhatTheDirectoryKnows(TranscriptRun run) throws IOException {
        run.play(TestService.mx(new VerifyExtension(EVERYWHERE, new People())));
        run.play(TestService.mx(new VerifyExtension(EVERYWHERE, new PeopleInMemory())));
    }

    /** As much of SMTPUTF8 as is needed here. */
    private static final class International implements Extension {
        @Override
        public String id() {
            return "SMTPUTF8";
        }

        @Override
        public void server(ServerSide side) {
            side.keyword("SMTPUTF8");
        }
    }

    @TranscriptTest("utf8.smtp")
    void tellsInUtf8WhoAsksForThat(TranscriptRun run) throws IOException {
        run.play(TestService.mx(new VerifyExtension(EVERYWHERE, new People()), new International()));
    }

    @TranscriptTest("utf8-off.smtp")
    void tellsNothingInUtf8WhereItIsOff(TranscriptRun run) throws IOException {
        run.play(TestService.mx(new VerifyExtension(VerifyConfig.OFF, new People()), new International()));
    }

    @TranscriptTest("off.smtp")
    void tellsNothingWhereItIsOff(TranscriptRun run) throws IOException {
        run.play(TestService.mx(new VerifyExtension(VerifyConfig.DEFAULT, new People())));
        run.play(TestService.mx(new VerifyExtension(VerifyConfig.OFF, new People())));
        run.play(TestService.mx(new VerifyExtension()));
    }

    private static void assertAnswers(TestService service, String dialogue) throws IOException {
        Transcript transcript = Transcript.parse("answers", dialogue);
        assertEquals(List.of(), new TranscriptRun(transcript, Way.OCTETS).play(service));
    }

    @Test
    void asksStrangersForTheirCredentialsFirst() throws IOException {
        ListenerProfile closed = ListenerProfile.of("submission", Role.SUBMISSION, "mx.example.test");
        VerifyExtension extension = new VerifyExtension(EVERYWHERE, new People());
        assertAnswers(
                new TestService(closed, List.of(extension)),
                "S: 220 *\nC: VRFY alice\nS: 530 *\nC: EHLO x\nS*: 250 *\nC: EXPN team\nS: 530 5.7.0 *");
    }

    @Test
    void isFoundAndConfigured() throws IOException {
        Extension found = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        assertEquals("VRFY", found.id());
        Extension onMx = found.configured(Settings.of("extension.VRFY", Map.of("verify", List.of("mx", "lmtp"))));
        assertAnswers(TestService.mx(onMx), "S: 220 *\nC: EHLO x\nS*: 250 VRFY\nC: VRFY x\nS: 252 *");
        assertAnswers(TestService.mx(onMx), "S: 220 *\nC: EHLO x\nS!: 250 EXPN\nC: EXPN x\nS: 252 *");
        Settings wrong = Settings.of("extension.VRFY", Map.of("expand", "everywhere"));
        assertEquals(
                "extension.VRFY.expand: expected a list of mx, submission, lmtp, found \"everywhere\"",
                assertThrows(IllegalArgumentException.class, () -> found.configured(wrong))
                        .getMessage());
    }

    @Test
    void isInstalledByItsModule() throws IOException {
        Extension installed = Guice.createInjector(new VerifyModule())
                .getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}))
                .iterator()
                .next();
        assertAnswers(TestService.mx(installed), "S: 220 *\nC: VRFY x\nS: 252 *\nC: EXPN x\nS: 252 *");
    }
}
