package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** What becomes of mails that meet a connection which the server has ended. */
@Timeout(60)
class KeptConnectionTest {

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
    void triesOnceMoreWhenAKeptConnectionWasDead() throws Exception {
        for (PeerAction end : new PeerAction[] {
            PeerAction.close(), PeerAction.reset(), PeerAction.all(PeerAction.say("421 4.4.2 idle"), PeerAction.close())
        }) {
            try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on("MAIL#2", end), GOOD);
                    SmtpClient client = client(config -> config.withConnections(1))) {
                assertTrue(client.send(at(peer), mail("one")).isAccepted());
                assertTrue(client.send(at(peer), mail("two")).isAccepted());
                assertEquals(2, peer.connections());
                assertEquals(2, peer.contents().size());
            }
        }
    }

    @Test
    void notesThatTheServerEndedAnIdleConnection() throws Exception {
        for (PeerAction end : new PeerAction[] {PeerAction.close(), PeerAction.say("421 4.4.2 idle")}) {
            PeerScript leaves = GOOD.on(PeerScript.END, PeerAction.all(PeerAction.say("250 2.0.0 Taken"), end));
            try (ScriptedPeer peer = ScriptedPeer.start(leaves, GOOD);
                    SmtpClient client = client(config -> config.withConnections(1))) {
                assertTrue(client.send(at(peer), mail("one")).isAccepted());
                assertTrue(client.send(at(peer), mail("two")).isAccepted());
                assertEquals(2, peer.connections());
                assertEquals(2, peer.contents().size());
            }
        }
    }

    @Test
    void getsPastAllKeptConnectionsThatAreDead() throws Exception {
        int kept = 5;
        CountDownLatch all = new CountDownLatch(1);
        PeerAction bye = PeerAction.all(PeerAction.say("421 4.3.2 restarting"), PeerAction.close());
        // Nobody is answered before all are there, so that each mail has a connection of its own.
        PeerScript old = PeerScript.offering().on("MAIL#1", PeerAction.all(PeerAction.await(all), PeerAction.behave()));
        PeerScript[] next = new PeerScript[kept];
        Arrays.fill(next, old.on("MAIL#2", bye));
        next[kept - 1] = GOOD;
        try (ScriptedPeer peer = ScriptedPeer.start(old.on("MAIL#2", bye), next);
                SmtpClient client = client(config -> config.withConnections(kept))) {
            List<CompletableFuture<MailResult>> results = new ArrayList<>();
            for (int i = 0; i < kept; i++) {
                results.add(client.sendAsync(at(peer), mail("x")));
            }
            for (long met = 0; met < kept; met = said(peer, "MAIL")) {
                Thread.onSpinWait();
            }
            all.countDown();
            for (CompletableFuture<MailResult> result : results) {
                assertTrue(result.get().isAccepted());
            }
            assertTrue(client.send(at(peer), mail("last")).isAccepted());
            assertEquals(kept + 1, peer.connections());
        }
    }

    /**
     * Sends a mail that is not answered and one behind it; returns how many connections there were.
     *
     * @param waits whether the second is done only after the first
     */
    private static int lookingAhead(Duration patience, boolean waits, String... keywords) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        PeerScript offering = PeerScript.offering(keywords);
        PeerAction late = PeerAction.all(PeerAction.await(answered), PeerAction.behave());
        SmtpClientConfig config = SmtpClientConfig.DEFAULTS.withLookAheadFrom(1);
        try (ScriptedPeer peer = ScriptedPeer.start(offering.on(PeerScript.END, late), offering);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SmtpClient client = new SmtpClient(config, List.of(), new MinaNetwork(LoopConfig.DEFAULTS), patience)) {
            Future<MailResult> first = threads.submit(() -> client.send(at(peer), mail("one")));
            while (peer.contents().isEmpty()) {
                Thread.onSpinWait();
            }
            Future<MailResult> second = threads.submit(() -> client.send(at(peer), mail("two")));
            if (waits) {
                answered.countDown();
            }
            assertTrue(second.get().isAccepted());
            answered.countDown();
            assertTrue(first.get().isAccepted());
            assertEquals(2, peer.contents().size());
            return peer.connections();
        }
    }

    @Test
    void opensNoConnectionForAMailThatCanFollowAnother() throws Exception {
        assertEquals(1, lookingAhead(Duration.ofMinutes(5), true, "PIPELINING"));
        assertEquals(2, lookingAhead(Duration.ofMinutes(5), false), "a server that takes no groups");
        assertEquals(2, lookingAhead(Duration.ofMillis(10), false, "PIPELINING"), "the first takes its time");
    }

    @Test
    void asksOnceForAnotherConnectionWhenAMailHasFollowedForLong() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        PeerScript offering = PeerScript.offering("PIPELINING");
        PeerAction late = PeerAction.all(PeerAction.await(answered), PeerAction.behave());
        PeerScript refusing =
                offering.on(PeerScript.CONNECT, PeerAction.all(PeerAction.say("421 4.7.0 Enough"), PeerAction.close()));
        SmtpClientConfig config = SmtpClientConfig.DEFAULTS.withLookAheadFrom(1);
        try (ScriptedPeer peer = ScriptedPeer.start(offering.on(PeerScript.END, late), refusing);
                SmtpClient client = new SmtpClient(
                        config, List.of(), new MinaNetwork(LoopConfig.DEFAULTS), Duration.ofMillis(20))) {
            CompletableFuture<MailResult> first = client.sendAsync(at(peer), mail("one"));
            while (peer.contents().isEmpty()) {
                Thread.onSpinWait();
            }
            CompletableFuture<MailResult> second = client.sendAsync(at(peer), mail("two"));
            long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            answered.countDown();
            assertTrue(first.get().isAccepted());
            assertTrue(second.get().isAccepted());
            assertEquals(2, peer.connections());
        }
    }

    @Test
    void doesNotTryAgainWhenAFreshConnectionFails() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on("MAIL", PeerAction.close()));
                SmtpClient client = client(config -> config)) {
            Outcome outcome = outcome(client.send(at(peer), mail("x")));
            assertInstanceOf(Outcome.Failed.class, outcome);
            assertEquals(Moment.MAIL, outcome.moment());
            assertEquals(1, peer.connections());
        }
    }

    @Test
    void doesNotTryAgainWhenTheServerMayHaveTakenTheMail() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(PeerScript.END + "#2", PeerAction.reset()), GOOD);
                SmtpClient client = client(config -> config)) {
            assertTrue(client.send(at(peer), mail("one")).isAccepted());
            assertInstanceOf(Outcome.Unknown.class, outcome(client.send(at(peer), mail("two"))));
            assertEquals(1, peer.connections());
        }
    }
}
