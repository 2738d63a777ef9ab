package org.mailwright.smtp.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
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
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;
import org.slf4j.LoggerFactory;

class SessionLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.mailwright.smtp.session");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void end() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private static String dialogue(String said) {
        List<Extension> extensions = List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                new EnhancedStatusCodes(),
                new RelayGate(LocalDomains.of("example.test"), () -> false),
                new SessionLog());
        MessageSink sink = MessageSink.reading((envelope, content) -> {
            String read = new String(content.readAllBytes(), StandardCharsets.US_ASCII);
            return read.contains("refuse") ? Reply.of(554, "5.6.0", "No") : Reply.of(250, "2.0.0", "Read");
        });
        SmtpService service = new SmtpService(
                ListenerProfile.of("test", Role.MX, "mx.example.test"), extensions, sink, new MailIds(0, 0));
        MemoryTransport transport = new MemoryTransport();
        transport.begin(new ServerSession(service));
        transport.feed(said);
        StringBuilder replies = new StringBuilder();
        while (transport.isOpen()) {
            replies.append(transport.take());
            Thread.onSpinWait();
        }
        return replies.append(transport.take()).toString();
    }

    @Test
    void whatIsRefusedIsToldWithWhoAskedForIt() {
        String replies = dialogue("""
            EHLO client.test
            MAIL FROM:<a@client.test> SIZE=x
            MAIL FROM:<a@client.test>
            RCPT TO:<b@elsewhere.test>
            RCPT TO:<b@example.test>
            DATA
            Subject: x

            .
            NOOP x
            NONSENSE
            QUIT
            """.replace("\n", "\r\n"));
        assertEquals(1, replies.split("Relaying denied", -1).length - 1, replies);
        List<String> told = lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .map(line -> line.replaceFirst("^\\w+ ", "").replaceFirst("mail \\w+ ", "mail "))
                .toList();
        assertEquals(
                List.of(
                        "refused MAIL FROM:<a@client.test> SIZE=x from client 192.0.2.1 => 555 5.5.4 Parameter not"
                                + " recognized",
                        "refused RCPT TO:<b@elsewhere.test> of <a@client.test> from client 192.0.2.1"
                                + " => 550 5.7.1 Relaying denied",
                        "mail from <a@client.test> to <b@example.test>, 14 octets, from client 192.0.2.1"
                                + " => 250 2.0.0 Read"),
                told);
    }

    private static String member(ILoggingEvent line, String key) {
        return line.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(key))
                .map(pair -> String.valueOf(pair.value))
                .findFirst()
                .orElse("none");
    }

    @Test
    void theIdOfAMailLeadsToTheLinesOfItsSession() {
        logger.setLevel(Level.DEBUG);
        dialogue("""
            EHLO client.test
            MAIL FROM:<a@client.test>
            RCPT TO:<b@elsewhere.test>
            RCPT TO:<b@example.test>
            DATA
            Subject: x

            .
            MAIL FROM:<a@client.test>
            RCPT TO:<b@example.test>
            DATA
            Subject: refuse

            .
            QUIT
            """.replace("\n", "\r\n"));
        List<ILoggingEvent> mails = lines.list.stream()
                .filter(line -> !member(line, "mail").equals("none"))
                .toList();
        assertEquals(
                List.of("accepted 250 2.0.0 Read", "refused 554 5.6.0 No"),
                mails.stream()
                        .map(line -> member(line, "event") + " " + member(line, "reply"))
                        .toList());
        for (ILoggingEvent line : mails) {
            assertTrue(line.getFormattedMessage().contains(" mail " + member(line, "mail") + " from "), line::toString);
        }
        String session = member(mails.getFirst(), "session");
        assertTrue(mails.getFirst().getFormattedMessage().startsWith(session + " "), session);
        assertTrue(lines.list.stream().allMatch(line -> member(line, "session").equals(session)), "all of one session");
        List<String> events =
                lines.list.stream().map(line -> member(line, "event")).toList();
        assertEquals("connected", events.getFirst());
        assertEquals("closed", events.getLast());
        assertEquals(2, events.stream().filter("refused"::equals).count(), "a recipient and a mail");
    }
}
