package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.session.ServerSession;

/** Steps that change what the octets mean: TLS, counted octets, and a change of places. */
@ExtendWith(SilentLog.class)
class SessionSwitchTest {

    private static final Extension TLS = Vendor.of(
            "STARTTLS",
            side -> side.verb(
                    VerbSpec.of("STARTTLS"),
                    (command, session) -> new Step.UpgradeTls(Reply.of(220, "2.0.0", "Ready"), new FakeTls())));

    private static final Extension CHUNKS = Vendor.of(
            "CHUNKS",
            side -> side.verb(chunk(), (command, session) -> {
                String[] words = command.arguments().split(" ", -1);
                long count = Long.parseLong(words[0]);
                try {
                    BodyReceiver mail = session.mail();
                    return new Step.Octets(count, words.length > 1 ? mail : new Chunk(mail));
                } catch (SmtpException refused) {
                    return new Step.Octets(count, BodyReceiver.discarding(refused.reply()));
                }
            }));

    private static VerbSpec chunk() {
        return VerbSpec.of("CHUNK").in(Phase.GREETED, Phase.TRANSACTION).followedBy(arguments -> {
            String count = arguments.split(" ", -1)[0];
            return count.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(count)) : OptionalLong.empty();
        });
    }

    /** Hands octets to a mail that goes on after it. */
    private record Chunk(BodyReceiver mail) implements BodyReceiver {
        @Override
        public void write(ByteBuffer octets) throws SmtpException, IOException {
            mail.write(octets);
        }

        @Override
        public List<Reply> end() {
            return List.of(Reply.of(250, "2.0.0", "Octets received"));
        }

        @Override
        public void abort() {
            mail.abort();
        }

        @Override
        public List<Reply> refuse(Reply reply) {
            return mail.refuse(reply);
        }

        @Override
        public boolean mayBlock() {
            return mail.mayBlock();
        }
    }

    @Test
    void forgetsWhatWasSaidInClear() {
        Memory client = new Memory(TestService.mx(TLS), RecordingSink.blocking());
        assertEquals(List.of("250", "250"), client.say("EHLO x\r\nMAIL FROM:<a@client.example>\r\n"));
        String injected = "EHLO injected\r\nMAIL FROM:<evil@client.example>\r\nRCPT TO:<b@example.test>\r\nDA";
        assertEquals(List.of("220"), client.say("STARTTLS\r\n" + injected));
        assertTrue(client.transport.handshake().isPresent());
        client.transport.secure(FakeTls.SESSION);
        assertEquals(List.of(), client.codes());
        assertEquals(List.of("503"), client.say("MAIL FROM:<a@client.example>\r\n"));
        assertEquals(List.of("503"), client.say("RCPT TO:<b@example.test>\r\n"));
        assertEquals(List.of("250", "503"), client.say("EHLO x\r\nSTARTTLS\r\n"));
        assertEquals(List.of("250", "250", "354"), client.say("MAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n"));
        assertEquals(List.of("250"), client.say("x\r\n.\r\n"));
        assertTrue(client.sink.mails().getFirst().envelope().origin().tls().isPresent());
    }

    @Test
    void endsWhenTheHandshakeFails() {
        Memory client = new Memory(TestService.mx(TLS), RecordingSink.blocking());
        client.say("EHLO x\r\nSTARTTLS\r\n");
        client.transport.feed("NOOP\r\n");
        assertFalse(client.transport.isOpen());
        assertEquals(List.of(), client.codes());
    }

    @Test
    void readsCountedOctetsWhateverTheyAre() {
        for (RecordingSink sink : List.of(RecordingSink.blocking(), RecordingSink.nonBlocking())) {
            Memory client = new Memory(TestService.mx(CHUNKS), sink);
            client.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\n");
            assertEquals(
                    List.of("250", "250", "250"),
                    client.say("CHUNK 9\r\n..\r\n.\r\nQU" + "CHUNK 0\r\n" + "CHUNK 6 LAST\r\nQUIT\r\n"));
            assertEquals("..\r\n.\r\nQUQUIT\r\n", sink.mails().getLast().text());
            assertEquals(List.of("250"), client.say("NOOP\r\n"));
        }
    }

    @Test
    void readsTheOctetsOfACommandThatIsNotAdmitted() {
        Memory early = new Memory(TestService.mx(CHUNKS), RecordingSink.blocking());
        assertEquals(List.of("503", "250"), early.say("CHUNK 6 LAST\r\nQUIT\r\nNOOP\r\n"));
        Memory lost = new Memory(TestService.mx(CHUNKS), RecordingSink.blocking());
        assertEquals(List.of("503"), lost.say("CHUNK many\r\nNOOP\r\n"));
        assertFalse(lost.transport.isOpen());
    }

    @Test
    void readsTheOctetsOfARefusedCommandToo() {
        Memory client = new Memory(TestService.mx(CHUNKS), RecordingSink.blocking());
        client.say("EHLO x\r\n");
        assertEquals(List.of("503", "250"), client.say("CHUNK 12 LAST\r\nQUIT\r\nQUIT\r\nNOOP\r\n"));
        RecordingSink full = RecordingSink.blocking().failing(RecordingSink.Moment.WRITE, () -> {
            throw SmtpException.of(452, "4.3.1", "Disk full");
        });
        Memory refused = new Memory(TestService.mx(CHUNKS), full);
        refused.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\n");
        assertEquals(List.of("452", "250"), refused.say("CHUNK 12\r\nQUIT\r\nQUIT\r\nNOOP\r\n"));
        assertEquals(1, full.aborted());
        assertEquals(List.of(), full.violations());
    }

    @Test
    void doesNotMixChunksAndLines() {
        Memory client = new Memory(TestService.mx(CHUNKS), RecordingSink.blocking());
        client.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\n");
        assertEquals(List.of("250", "503"), client.say("CHUNK 2\r\nx\r" + "DATA\r\n"));
        assertEquals(List.of("250"), client.say("CHUNK 1 LAST\r\n\n"));
        assertEquals("x\r\n", client.sink.mails().getLast().text());
    }

    @Test
    void abortsAMailThatWaitsForItsNextChunk() throws InterruptedException {
        for (RecordingSink sink : List.of(RecordingSink.blocking(), RecordingSink.nonBlocking())) {
            Memory client = new Memory(TestService.mx(CHUNKS), sink);
            client.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\n");
            assertEquals(List.of("250"), client.say("CHUNK 2\r\nab"));
            client.transport.disconnect("reset");
            assertTrue(sink.awaitAborted(1, Duration.ofSeconds(20)));
            assertEquals(List.of(), sink.violations());
        }
    }

    @Test
    void abortsAMailThatIsReset() throws InterruptedException {
        Memory client = new Memory(TestService.mx(CHUNKS), RecordingSink.blocking());
        client.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\nCHUNK 2\r\nab");
        assertEquals(List.of("250", "503"), client.say("RSET\r\nCHUNK 2 LAST\r\ncd"));
        assertTrue(client.sink.awaitAborted(1, Duration.ofSeconds(20)));
        assertEquals(List.of(), client.sink.mails());
    }

    @Test
    void givesTheConnectionAway() {
        TestService other = TestService.mx();
        Extension turn = Vendor.of(
                "TURN",
                side -> side.verb(
                        VerbSpec.of("TURN"),
                        (command, session) -> new Step.ReverseRoles(
                                Reply.of(250, "Here you are"),
                                view -> new ServerSession(other.into(RecordingSink.blocking())))));
        Memory client = new Memory(TestService.mx(turn), RecordingSink.blocking());
        assertEquals(List.of("250", "250", "220"), client.say("EHLO x\r\nTURN\r\nMAIL FROM:<lost@client.example>\r\n"));
        assertEquals(List.of("250", "500"), client.say("EHLO x\r\nTURN\r\n"));
        Extension failing = Vendor.of(
                "TURN",
                side -> side.verb(
                        VerbSpec.of("TURN"),
                        (command, session) -> new Step.ReverseRoles(Reply.of(250, "Here"), view -> {
                            throw new IllegalStateException("nobody");
                        })));
        Memory refused = new Memory(TestService.mx(failing), RecordingSink.blocking());
        assertEquals(List.of("250", "250"), refused.say("EHLO x\r\nTURN\r\n"));
        assertFalse(refused.transport.isOpen());
    }

    @Test
    void passesOnWhatTlsAgreedOn() {
        List<String> seen = new ArrayList<>();
        TestService other = TestService.mx(TLS);
        Extension turn = Vendor.of("TURN", side -> {
            side.verb(
                    VerbSpec.of("TURN"),
                    (command, session) -> new Step.ReverseRoles(
                            Reply.of(250, "Here you are"),
                            view -> new ServerSession(other.into(RecordingSink.blocking()), view.tls())));
            side.observer(new Observer() {
                @Override
                public void closed(SessionView session, String why) {
                    seen.add("closed " + why);
                }
            });
        });
        Memory client = new Memory(TestService.mx(TLS, turn), RecordingSink.blocking());
        assertEquals(List.of("250", "220"), client.say("EHLO x\r\nSTARTTLS\r\n"));
        client.transport.secure(FakeTls.SESSION);
        assertEquals(List.of("250", "250", "220"), client.say("EHLO x\r\nTURN\r\n"));
        assertEquals(List.of("closed "), seen);
        assertEquals(List.of("503", "250", "503"), client.say("RCPT TO:<b@example.test>\r\nEHLO x\r\nSTARTTLS\r\n"));
        client.transport.disconnect("reset");
        assertEquals(List.of("closed "), seen);
    }

    @Test
    void tellsObserversHowAQuestionEnded() {
        List<String> seen = new ArrayList<>();
        Extension login = Vendor.of("LOGIN", side -> {
            side.verb(
                    VerbSpec.of("LOGIN").with(Trait.SECRET),
                    (command, session) -> new Step.Ask(
                            Reply.of(334, "Password"),
                            (line, again) -> Step.say(Reply.of(535, "5.7.8", "Wrong")),
                            VerbSpec.LINE));
            side.observer(new Observer() {
                @Override
                public void answered(SessionView session, Command command, Reply reply) {
                    seen.add(command + " => " + reply.code());
                }
            });
        });
        Memory client = new Memory(TestService.mx(login), RecordingSink.blocking());
        assertEquals(List.of("250", "334", "535", "250"), client.say("EHLO x\r\nLOGIN joe\r\nsecret\r\nNOOP\r\n"));
        assertEquals(List.of("EHLO x => 250", "LOGIN *** => 334", "LOGIN *** => 535", "NOOP => 250"), seen);
    }
}
