package org.mailwright.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;
import org.mailwright.smtp.server.trace.TraceFields;

/** Whole dialogues with the built-in commands, in memory. */
class DialogueTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    /** Keeps what it takes. */
    private static class Kept implements MessageSink {
        final List<String> mails = new ArrayList<>();

        @Override
        public Intake open(Envelope envelope) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            return new Intake() {
                @Override
                public void write(ByteBuffer octets) {
                    byte[] copy = new byte[octets.remaining()];
                    octets.get(copy);
                    content.writeBytes(copy);
                }

                @Override
                public Acceptance commit() {
                    mails.add(content.toString(StandardCharsets.ISO_8859_1));
                    return Acceptance.all(envelope, Reply.of(250, "2.0.0", "Kept"));
                }

                @Override
                public void abort() {
                    content.reset();
                }
            };
        }
    }

    private static final class KeptAtOnce extends Kept implements NonBlocking {}

    private final Kept blocking = new Kept();
    private final Kept quick = new KeptAtOnce();

    private static MemoryTransport connect(MessageSink sink, Role role) {
        return connect(sink, role, 100);
    }

    private static MemoryTransport connect(MessageSink sink, Role role, int hops) {
        List<Extension> extensions = List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                new Pipelining(),
                new EnhancedStatusCodes(),
                new RelayGate(LocalDomains.of("example.test"), () -> false),
                new TraceFields(NOON, hops));
        SmtpService service = new SmtpService(
                ListenerProfile.of("test", role, "mx.example.test"), extensions, sink, new MailIds(0, 0));
        MemoryTransport transport = new MemoryTransport();
        transport.begin(new ServerSession(service));
        return transport;
    }

    @Test
    void takesPipelinedMailAndAnswersEachGroupWithOneWrite() {
        for (Kept sink : List.of(blocking, quick)) {
            MemoryTransport peer = connect(sink, Role.MX);
            assertEquals("220 mx.example.test ESMTP\r\n", peer.take());
            peer.feed("EHLO client.test\r\n");
            assertEquals("250-mx.example.test\r\n250-ENHANCEDSTATUSCODES\r\n250 PIPELINING\r\n", peer.take());
            peer.feed(
                    "MAIL FROM:<a@client.test>\r\nRCPT TO:<b@example.test>\r\nRCPT TO:<b@elsewhere.test>\r\nDATA\r\n");
            assertEquals(1, peer.writes());
            assertEquals(
                    List.of(
                            "250 2.1.0 Sender OK",
                            "250 2.1.5 Recipient OK",
                            "550 5.7.1 Relaying denied",
                            "354 End data with <CR><LF>.<CR><LF>"),
                    peer.take().lines().toList());
            peer.feed("Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n");
            assertEquals("250 2.0.0 Kept\r\n221 2.0.0 mx.example.test closing connection\r\n", peer.take());
            assertFalse(peer.isOpen());
            String mail = sink.mails.get(0);
            assertTrue(mail.startsWith("Received: from client.test ("), mail);
            assertTrue(mail.endsWith("; Sun, 1 Mar 2026 12:00:00 +0000\r\nSubject: x\r\n\r\n.dot\r\n"), mail);
        }
    }

    @Test
    void refusesBareLineEndsAtTheRealEnd() {
        MemoryTransport peer = connect(quick, Role.MX);
        peer.feed("EHLO client.test\r\nMAIL FROM:<a@client.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n");
        peer.take();
        peer.feed("body\n.\r\nMAIL FROM:<smuggled@client.test>\r\n");
        assertEquals("", peer.take());
        peer.feed(".\r\n");
        assertTrue(peer.take().startsWith("550 5.6.11 "));
        peer.feed("RCPT TO:<b@example.test>\r\n");
        assertEquals("503 5.5.1 Need MAIL first\r\n", peer.take());
        assertEquals(List.of(), quick.mails);
    }

    @Test
    void refusesAMailThatHasPassedMoreHopsThanAreAllowed() {
        for (int hops : List.of(1, 30, 100)) {
            MemoryTransport peer = connect(quick, Role.MX, hops);
            peer.feed("EHLO client.test\r\n");
            quick.mails.clear();
            assertEquals(
                    "250 2.0.0 Kept\r\n", replyTo(peer, "received: by x\r\n".repeat(hops) + "\r\nReceived: x\r\n"));
            assertEquals(1, quick.mails.size());
            String looping = "Received: by x\r\n".repeat(hops) + "Subject: x\r\nReceived: by y\r\n\r\n";
            assertTrue(replyTo(peer, looping).startsWith("554 5.4.6 "));
            assertEquals(1, quick.mails.size());
            assertEquals("250 2.0.0 Kept\r\n", replyTo(peer, "Subject: the next one\r\n\r\n"));
        }
    }

    private static String replyTo(MemoryTransport peer, String content) {
        peer.feed("MAIL FROM:<a@client.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n");
        peer.take();
        peer.feed(content + ".\r\n");
        return peer.take();
    }

    @Test
    void answersOncePerRecipientInLmtp() {
        MemoryTransport peer = connect(blocking, Role.LMTP);
        peer.take();
        peer.feed("EHLO x\r\nLHLO client.test\r\n");
        assertTrue(peer.take().startsWith("500 "));
        peer.feed("MAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n");
        peer.take();
        peer.feed("x\r\n.\r\n");
        assertEquals("250 2.0.0 Kept\r\n250 2.0.0 Kept\r\n", peer.take());
    }
}
