package org.mailwright.smtp.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.dns.DnsException;
import org.mailwright.smtp.dns.MapDns;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.sql.SqlMailQueue;
import org.mailwright.smtp.queue.sql.SqlQueueConfig;
import org.mailwright.smtp.relay.RelayConfig;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;

/** The relay with a queue on the disk, and a mail exchanger that it delivers to. */
@Timeout(60)
class QueueingRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final RecordingSink sink = RecordingSink.blocking();
    private SmtpServer exchanger;

    @BeforeEach
    void listen() throws Exception {
        exchanger = SmtpServer.builder("mx.example.test")
                .listen("mx", Role.MX, "127.0.0.1:0")
                .local("example.test", "client.example")
                .gate(
                        Stage.RCPT,
                        (session, recipient) -> recipient.path().toString().contains("nobody")
                                ? Verdict.refuse(550, "5.1.1", "No such user here")
                                : Verdict.pass())
                .start(sink);
    }

    @AfterEach
    void close() {
        exchanger.close();
    }

    private MailQueue queue() throws Exception {
        return SqlMailQueue.open(SqlQueueConfig.in(folder), new DurableAttributes(List.of()), InstantSource.system());
    }

    private QueueingRelay relay(MailQueue queue, MapDns dns) throws Exception {
        RelayConfig config =
                RelayConfig.DEFAULTS.withPort(exchanger.address("mx").getPort()).withPrivateAddresses(true);
        return new QueueingRelay("relay.example.test", "127.0.0.1:0", queue, dns, config);
    }

    private static MapDns dns() {
        return new MapDns()
                .mx("example.test", 10, "mx.example.test")
                .mx("client.example", 10, "mx.example.test")
                .host("mx.example.test", "127.0.0.1");
    }

    /** Sends octets beyond US-ASCII to whoever it may be, as many programs do. */
    private static final class Careless implements Extension {
        @Override
        public String id() {
            return "careless";
        }

        @Override
        public void client(ClientSide side) {
            side.seesToEightBit();
        }
    }

    private static MailResult send(InetSocketAddress relay, String to) throws Exception {
        try (SmtpClient client =
                SmtpClient.builder("client.example").with(new Careless()).build()) {
            return client.send(
                    ServerAddress.of("127.0.0.1", relay.getPort()),
                    OutgoingMail.of(
                            ReversePath.parse("<a@client.example>"),
                            List.of(ForwardPath.parse("<" + to + ">")),
                            Body.of("Subject: Hello\r\n\r\nIt works für all.\r\n".getBytes(StandardCharsets.UTF_8))));
        }
    }

    private RecordedMail arrived() throws InterruptedException {
        assertTrue(sink.awaitMails(1, PATIENCE));
        return sink.mails().getFirst();
    }

    @Test
    void mailGoesToTheExchangersOfItsDomain() throws Exception {
        try (QueueingRelay relay = relay(queue(), dns())) {
            MailResult result = send(relay.start(), "bob@example.test");
            assertTrue(result.toString().contains("Queued as"), result::toString);
            assertTrue(arrived().text().contains("It works f=C3=BCr all."), "what SMTP carries to any host");
        }
    }

    @Test
    void mailSurvivesTheEndOfTheProgram() throws Exception {
        MapDns broken = new MapDns().failing("example.test", DnsException.Kind.TEMPORARY);
        try (QueueingRelay relay = relay(queue(), broken)) {
            send(relay.start(), "bob@example.test");
        }
        assertEquals(List.of(), sink.mails());
        MailQueue queue = queue();
        try (QueueingRelay relay = relay(queue, dns())) {
            relay.start();
            queue.view().flush(QueueView.Selection.ALL); // it would be tried again in a minute
            assertEquals("<bob@example.test>", arrived().recipients());
        }
    }

    @Test
    void whatIsRefusedThereGoesBack() throws Exception {
        try (QueueingRelay relay = relay(queue(), dns())) {
            send(relay.start(), "nobody@example.test");
            RecordedMail report = arrived();
            assertEquals("<a@client.example>", report.recipients());
            assertEquals("<>", report.envelope().reversePath().path());
            assertTrue(report.text().contains("\r\nStatus: 5.1.1\r\n"), report::text);
        }
    }
}
