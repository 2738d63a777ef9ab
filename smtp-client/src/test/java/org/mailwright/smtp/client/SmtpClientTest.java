package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.client.Timeouts;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class SmtpClientTest {

    private static final PeerScript GOOD = PeerScript.offering("PIPELINING", "8BITMIME");

    private static SmtpClient client(UnaryOperator<SmtpClientConfig> change) {
        return SmtpClient.builder("me.example.org").configure(change).build();
    }

    private static ServerAddress at(ScriptedPeer peer) {
        return ServerAddress.of("127.0.0.1", peer.port());
    }

    private static OutgoingMail mail(Body body) {
        return OutgoingMail.of(
                ReversePath.parse("<a@example.net>"), List.of(ForwardPath.parse("<b@example.org>")), body);
    }

    private static OutgoingMail mail(String content) {
        return mail(Body.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Outcome outcome(MailResult result) {
        return result.recipients().get(0).outcome();
    }

    private static long said(ScriptedPeer peer, String verb) {
        return peer.lines().stream().filter(line -> line.startsWith(verb)).count();
    }

    @Test
    void sendsManyMailsOverOneConnectionAndSaysGoodbye() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD)) {
            try (SmtpClient client = client(config -> config.withConnections(1))) {
                List<CompletableFuture<MailResult>> results = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    results.add(client.sendAsync(at(peer), mail("mail " + i + "\n.\n")));
                }
                for (CompletableFuture<MailResult> result : results) {
                    assertTrue(result.get().isAccepted());
                }
            }
            assertEquals(1, peer.connections());
            assertEquals("EHLO me.example.org", peer.lines().get(0));
            assertEquals("QUIT", peer.lines().get(peer.lines().size() - 1));
            assertEquals(50, peer.contents().size());
            assertEquals("mail 49\r\n..\r\n", new String(peer.contents().get(49), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void sharesTheLoadAmongConnectionsAndChangesThem() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD);
                SmtpClient client = client(config -> config.withConnections(3).withMailsPerConnection(5))) {
            List<CompletableFuture<MailResult>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                results.add(client.sendAsync(at(peer), mail("x")));
            }
            for (CompletableFuture<MailResult> result : results) {
                assertTrue(result.get().isAccepted());
            }
            assertEquals(30, peer.contents().size());
            assertTrue(peer.connections() >= 6, peer.connections() + " connections");
        }
    }

    @Test
    void tellsWhyThereIsNoConnection() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (SmtpClient client = client(config -> config)) {
            Outcome outcome = outcome(client.send(ServerAddress.of("127.0.0.1", free), mail("x")));
            assertInstanceOf(Outcome.Failed.class, outcome);
            assertEquals(Moment.CONNECT, outcome.moment());
            assertTrue(outcome.reply().text().contains("127.0.0.1 port " + free), outcome.toString());
            Outcome unknown = outcome(client.send(ServerAddress.of("no-such-host.invalid", 25), mail("x")));
            assertEquals(
                    "The host no-such-host.invalid is not known",
                    unknown.reply().text());
        }
    }

    @Test
    void givesTheRefusalOfTheGreetingToAllThatWait() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, "554 5.3.2 no mail here"));
                SmtpClient client = client(config -> config.withConnections(1))) {
            CompletableFuture<MailResult> first = client.sendAsync(at(peer), mail("x"));
            CompletableFuture<MailResult> second = client.sendAsync(at(peer), mail("x"));
            assertEquals(554, outcome(first.get()).reply().code());
            assertEquals(554, outcome(second.get()).reply().code());
            assertTrue(outcome(first.get()).isPermanent());
        }
    }

    @Test
    void neverSendsACancelledMail() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedPeer peer = ScriptedPeer.start(
                        GOOD.on(PeerScript.CONNECT, PeerAction.all(PeerAction.await(go), PeerAction.behave())));
                SmtpClient client = client(config -> config.withConnections(1))) {
            CompletableFuture<MailResult> first = client.sendAsync(at(peer), mail("first"));
            CompletableFuture<MailResult> second = client.sendAsync(at(peer), mail("second"));
            assertTrue(first.cancel(true));
            go.countDown();
            assertTrue(second.get().isAccepted());
            assertThrows(CancellationException.class, first::join);
            assertEquals(1, peer.contents().size());
            assertEquals(1, said(peer, "MAIL"));
        }
    }

    @Test
    void refusesMoreThanMayWait() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, PeerAction.stall()));
                SmtpClient client = client(config -> config.withConnections(1).withWaiting(1))) {
            CompletableFuture<MailResult> first = client.sendAsync(at(peer), mail("x"));
            Outcome second = outcome(client.send(at(peer), mail("x")));
            assertEquals(
                    "451 4.3.2 Too many mails wait for this server",
                    second.reply().toString());
            assertFalse(first.isDone());
        }
    }

    @Test
    void failsWhatWaitsWhenItIsClosed() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on("MAIL", PeerAction.stall()))) {
            SmtpClientConfig config = SmtpClientConfig.DEFAULTS.withConnections(1);
            SmtpClient client = client(any -> new SmtpClientConfig(
                    config.dialogue(), config.connectTimeout(), config.local(), 1, 1, 10, 10, Duration.ofMillis(200)));
            CompletableFuture<MailResult> first = client.sendAsync(at(peer), mail("x"));
            CompletableFuture<MailResult> second = client.sendAsync(at(peer), mail("x"));
            client.close();
            assertInstanceOf(Outcome.Failed.class, outcome(first.get()));
            assertInstanceOf(Outcome.Failed.class, outcome(second.get()));
            assertEquals(
                    "The client is closed",
                    outcome(client.send(at(peer), mail("x"))).reply().text());
        }
    }

    @Test
    void givesUpOnAServerThatStalls() throws Exception {
        for (String moment : new String[] {PeerScript.CONNECT, "EHLO", "MAIL", "DATA"}) {
            try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(moment, PeerAction.stall()));
                    SmtpClient client = client(config ->
                            config.withDialogue(config.dialogue().withTimeouts(Timeouts.all(Duration.ofSeconds(1)))))) {
                Outcome outcome = outcome(client.send(at(peer), mail("x")));
                assertEquals(
                        "The server did not answer in time", outcome.reply().text());
            }
        }
    }

    @Test
    void saysQuitWhenAConnectionHasBeenIdle() throws Exception {
        Timeouts timeouts = Timeouts.all(Duration.ofSeconds(1));
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD);
                SmtpClient client =
                        client(config -> config.withDialogue(config.dialogue().withTimeouts(timeouts)))) {
            assertTrue(client.send(at(peer), mail("x")).isAccepted());
            while (said(peer, "QUIT") == 0) {
                Thread.onSpinWait();
            }
            assertTrue(client.send(at(peer), mail("x")).isAccepted());
            assertEquals(2, peer.connections());
        }
    }

    @Test
    void doesNotSendEightBitContentByItself() throws Exception {
        byte[] octets = "grün\r\n".getBytes(StandardCharsets.UTF_8);
        Body stream = Body.of(OptionalLong.empty(), () -> new ByteArrayInputStream(octets));
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD);
                SmtpClient client = client(config -> config)) {
            Outcome known = outcome(client.send(at(peer), mail(Body.of(octets))));
            assertEquals(
                    "554 5.6.3 The content is 8-bit, and no extension of this client carries that",
                    known.reply().toString());
            assertEquals(0, said(peer, "MAIL"));
            assertEquals(
                    known.reply(), outcome(client.send(at(peer), mail(stream))).reply());
            assertEquals(0, peer.contents().size());
            assertTrue(client.send(at(peer), mail(Body.unexamined("plain\r\n".getBytes(StandardCharsets.US_ASCII))))
                    .isAccepted());
        }
    }

    @Test
    void leavesEightBitContentToAnExtensionThatSeesToIt() throws Exception {
        byte[] octets = "grün\r\n".getBytes(StandardCharsets.UTF_8);
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD);
                SmtpClient client =
                        SmtpClient.builder("me.example.org").with(new Carrier()).build()) {
            assertTrue(client.send(at(peer), mail(Body.of(octets))).isAccepted());
            assertArrayEquals(octets, peer.contents().get(0));
        }
    }

    /** Sends all octets as they are. */
    private static final class Carrier implements Extension {
        @Override
        public String id() {
            return "X-CARRIER";
        }

        @Override
        public void client(ClientSide side) {
            side.seesToEightBit();
        }
    }

    @Test
    void takesOneAnswerPerRecipientInLmtp() throws Exception {
        PeerScript lmtp = GOOD.lmtp().on(PeerScript.END + "#2", "452 4.2.2 full");
        try (ScriptedPeer peer = ScriptedPeer.start(lmtp);
                SmtpClient client = SmtpClient.builder("me").lmtp().build()) {
            OutgoingMail mail = OutgoingMail.of(
                    ReversePath.parse("<>"),
                    List.of(ForwardPath.parse("<a@example.org>"), ForwardPath.parse("<b@example.org>")),
                    Body.of(new byte[0]));
            MailResult result = client.send(at(peer), mail);
            assertEquals(1, result.rejected().size());
            assertEquals(452, result.rejected().get(0).outcome().reply().code());
            assertEquals(1, said(peer, "LHLO me"));
        }
    }

    @Test
    void countsAMailOnceThatIsTrickledTo() throws IOException, InterruptedException {
        PeerScript slow = GOOD.on(PeerScript.CONNECT, PeerAction.trickle("220-a\r\n220 b"))
                .on("MAIL", PeerAction.trickle("250-2.1.0 a\r\n250 2.1.0 b"))
                .on(PeerScript.END, PeerAction.trickle("250 2.0.0 ok"));
        try (ScriptedPeer peer = ScriptedPeer.start(slow);
                SmtpClient client = client(config -> config)) {
            assertTrue(client.send(at(peer), mail("x")).isAccepted());
            assertEquals(1, peer.contents().size());
        }
    }
}
