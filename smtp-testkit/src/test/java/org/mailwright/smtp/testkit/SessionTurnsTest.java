package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.Timeouts;
import org.mailwright.smtp.core.transport.MemoryTransport.Options;

/** Turns: what is answered together, what is moved off the I/O thread, and when a client has had its time. */
class SessionTurnsTest {

    private static final Timeouts TIMES = Timeouts.DEFAULT;

    @Test
    void answersAGroupWithOneWrite() {
        Memory client = new Memory(TestService.mx(), RecordingSink.nonBlocking());
        client.transport.feed(Memory.UP_TO_DATA + "x\r\n.\r\nNOOP\r\nQUIT\r\n");
        assertEquals(1, client.transport.writes());
        assertEquals(List.of("250", "250", "250", "354", "250", "250", "221"), client.codes());
    }

    @Test
    void movesATurnOncePerGroupHoweverOftenItMayBlock() {
        Gate<Recipient> gate = (session, recipient) -> Verdict.pass();
        TestService service = TestService.mx(Vendor.of("X", side -> side.gate(Stage.RCPT, 0, gate)));
        Memory client = new Memory(service, RecordingSink.blocking(), Options.DEFAULTS.withOffloadOnRequest());
        client.codes();
        client.transport.feed("EHLO x\r\nNOOP\r\n");
        assertFalse(client.transport.offloaded());
        assertEquals(List.of("250", "250"), client.codes());
        client.transport.feed(
                "MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\nDATA\r\nx\r\n.\r\nNOOP\r\n");
        assertTrue(client.transport.offloaded());
        assertEquals("", client.transport.take());
        client.transport.feed("NOOP\r\n"); // held back
        client.transport.runOffloaded();
        assertFalse(client.transport.offloaded());
        assertEquals(List.of("250", "250", "250", "354", "250", "250", "250"), client.codes());
        assertEquals(1, client.sink.mails().size());
    }

    @Test
    void collectsContentForASinkThatMayBlock() {
        Memory client = new Memory(TestService.mx(), RecordingSink.blocking(), Options.DEFAULTS.withOffloadOnRequest());
        client.say(Memory.UP_TO_DATA);
        String line = "x".repeat(998) + "\r\n";
        for (int i = 0; i < 32; i++) {
            client.transport.feed(line);
            assertFalse(client.transport.offloaded());
        }
        client.transport.feed(line); // 33,000 octets are more than the buffer of 32,768
        assertTrue(client.transport.offloaded());
        client.transport.runOffloaded();
        assertFalse(client.transport.offloaded());
        client.transport.feed(".\r\n");
        client.transport.runOffloaded();
        assertEquals(List.of("250"), client.codes());
        assertEquals(line.repeat(33), client.sink.mails().getFirst().text());
    }

    @Test
    void finishesAMailWhoseClientIsGone() {
        Memory client = new Memory(TestService.mx(), RecordingSink.blocking(), Options.DEFAULTS.withOffloadOnRequest());
        client.say(Memory.UP_TO_DATA);
        client.transport.feed("x\r\n.\r\n");
        client.transport.disconnect("reset");
        client.transport.runOffloaded();
        assertEquals(Optional.of("reset"), client.transport.closedWhy());
        assertEquals(1, client.sink.mails().size());
        assertEquals(0, client.sink.aborted());
    }

    @Test
    void abortsTheMailOfAClientThatIsGone() throws InterruptedException {
        for (RecordingSink sink : List.of(RecordingSink.blocking(), RecordingSink.nonBlocking())) {
            Memory client = new Memory(TestService.mx(), sink);
            client.say(Memory.UP_TO_DATA);
            client.say("x".repeat(70_000));
            assertEquals(1, sink.opened());
            client.transport.disconnect("reset");
            assertTrue(sink.awaitAborted(1, Duration.ofSeconds(20)));
            assertEquals(List.of(), sink.violations());
            assertEquals(List.of(), sink.mails());
        }
    }

    /** A listener with a verb that is answered at length. */
    private static TestService talkative() {
        Reply story = Reply.of(214, new EnhancedCode(2, 0, 0), Collections.nCopies(10, "x".repeat(40)));
        return TestService.mx(Vendor.of(
                "X",
                side -> side.verb(
                        VerbSpec.of("TELL"), (VerbHandler & NonBlocking) (command, session) -> Step.say(story))));
    }

    @Test
    void stopsReadingWhileTheClientDoesNotRead() {
        Memory client = new Memory(talkative(), RecordingSink.nonBlocking(), Options.DEFAULTS.withWriteLimit(1000));
        client.transport.take();
        client.transport.feed("EHLO x\r\n" + "TELL\r\n".repeat(20));
        assertFalse(client.transport.reading());
        client.transport.feed("NOOP\r\n".repeat(3));
        assertEquals(21, client.codes().size());
        assertTrue(client.transport.reading());
        assertEquals(List.of("250", "250", "250"), client.codes());
    }

    @Test
    void boundsWhatItSaysAtOnce() {
        Memory client = new Memory(talkative(), RecordingSink.nonBlocking());
        client.transport.feed("EHLO x\r\n" + "TELL\r\n".repeat(198) + "RSET\r\n");
        int writes = client.transport.writes();
        String said = client.transport.take();
        assertTrue(writes <= 1 + said.length() / (64 * 1024), () -> writes + " writes");
        assertTrue(said.endsWith("250 2.0.0 OK\r\n"));
    }

    @Test
    void sendsAnEarlyTalkerAway() {
        Timeouts delayed = new Timeouts(
                Duration.ofSeconds(3), TIMES.command(), TIMES.dataBlock(), TIMES.minimumRate(), TIMES.stranger());
        Memory patient = new Memory(TestService.mx().with(delayed), RecordingSink.nonBlocking());
        assertEquals(List.of(), patient.codes());
        patient.transport.advance(Duration.ofSeconds(3));
        assertEquals(List.of("220"), patient.codes());
        assertEquals(List.of("250"), patient.say("EHLO x\r\n"));
        Memory early = new Memory(TestService.mx().with(delayed), RecordingSink.nonBlocking());
        assertEquals(List.of("554"), early.say("EHLO x\r\n"));
        assertFalse(early.transport.isOpen());
        Memory late = new Memory(TestService.mx().with(delayed), RecordingSink.nonBlocking());
        late.transport.requestStop();
        assertEquals(List.of("421"), late.codes());
        assertFalse(late.transport.isOpen());
    }

    @Test
    void toleratesNoStrangerForEver() {
        ListenerProfile closed = ListenerProfile.of("submission", Role.SUBMISSION, "mx.example.test");
        Memory stranger = new Memory(new TestService(closed, List.of()), RecordingSink.nonBlocking());
        assertEquals(List.of("250"), stranger.say("EHLO x\r\n"));
        for (int second = 1; second < 60; second++) {
            stranger.transport.advance(Duration.ofSeconds(10));
            assertEquals(List.of("250"), stranger.say("EHLO x\r\n"), "after " + 10 * second + " seconds");
        }
        stranger.transport.advance(Duration.ofSeconds(10));
        assertEquals(List.of("421"), stranger.codes());
        assertFalse(stranger.transport.isOpen());
    }

    @Test
    void endsJunk() {
        Memory client = new Memory(TestService.mx(), RecordingSink.nonBlocking());
        client.say("EHLO x\r\n");
        List<String> codes = client.say("NOOP\r\n".repeat(300));
        assertEquals(201, codes.size());
        assertEquals("421", codes.getLast());
        Memory talker = new Memory(TestService.mx(), RecordingSink.nonBlocking());
        assertEquals("421", talker.say("EHLO x\r\nMAIL FROM:<>\r\n".repeat(300)).getLast());
        Memory honest = new Memory(TestService.mx(), RecordingSink.nonBlocking());
        for (int i = 0; i < 10; i++) {
            honest.say(Memory.UP_TO_DATA + "x\r\n.\r\n" + "NOOP\r\n".repeat(150));
        }
        assertTrue(honest.transport.isOpen());
    }

    @Test
    void takesAsManyRecipientsAsItsBoundAndTheirMail() {
        Limits few = new Limits(2048, 100, 20, 200, 64 * 1024, 64 * 1024, false);
        Memory client = new Memory(TestService.mx().with(few), RecordingSink.blocking());
        client.say("EHLO x\r\nMAIL FROM:<>\r\n");
        List<String> codes = client.say("RCPT TO:<b@example.test>\r\n".repeat(150));
        assertEquals(150, codes.size());
        assertEquals("250", codes.get(99));
        assertEquals(List.of("452"), codes.subList(100, 150).stream().distinct().toList());
        assertEquals(List.of("354", "250"), client.say("DATA\r\nx\r\n.\r\n"));
        assertEquals(100, client.sink.mails().getFirst().envelope().recipients().size());
    }

    @Test
    void answersEachRecipientInLmtp() {
        RecordingSink sink = RecordingSink.blocking()
                .answering(recipient -> recipient.path().path().contains("full")
                        ? Reply.of(452, "4.2.2", "Mailbox full")
                        : Reply.of(250, "2.0.0", "Stored"));
        String mail =
                "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<full@b.example>\r\nDATA\r\nx\r\n.\r\n";
        Memory lmtp = new Memory(TestService.of(Role.LMTP), sink);
        assertEquals(List.of("250", "250", "250", "250", "354", "250", "452"), lmtp.say(mail));
        Memory smtp = new Memory(TestService.mx(), sink);
        assertEquals(List.of("250", "250", "250", "250", "354", "452"), smtp.say(mail.replace("LHLO", "EHLO")));
    }
}
