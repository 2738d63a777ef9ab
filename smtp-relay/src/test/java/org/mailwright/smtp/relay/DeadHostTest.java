package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestClock;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** Hosts that do not answer at all must not hold up mail that others would take. */
@Timeout(120)
class DeadHostTest {

    private static final PeerScript GOOD = PeerScript.offering("PIPELINING");
    private static final int CONCURRENCY = 20;

    private final TestClock clock = TestClock.at(Instant.EPOCH);
    private final Counting network = new Counting(new MinaNetwork(LoopConfig.DEFAULTS));
    private RelayClient client = client(RelayConfig.DEFAULTS, Duration.ofSeconds(30), clock);

    /** Counts the connections that were begun, by port. */
    private record Counting(Connector real, Map<Integer, AtomicInteger> begun) implements Connector {
        Counting(Connector real) {
            this(real, new ConcurrentHashMap<>());
        }

        int to(int port) {
            return begun.getOrDefault(port, new AtomicInteger()).get();
        }

        @Override
        public void connect(
                InetSocketAddress remote,
                Optional<InetSocketAddress> local,
                Duration timeout,
                Conversation conversation,
                Consumer<IOException> failed) {
            begun.computeIfAbsent(remote.getPort(), any -> new AtomicInteger()).incrementAndGet();
            real.connect(remote, local, timeout, conversation, failed);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private RelayClient client(RelayConfig relay, Duration connect, InstantSource time) {
        SmtpClientConfig config = new SmtpClientConfig(
                SmtpClientConfig.DEFAULTS.dialogue().withHostname("us.test"),
                connect,
                Optional.empty(),
                CONCURRENCY,
                CONCURRENCY,
                1000,
                1000,
                Duration.ZERO);
        return new RelayClient(config, List.of(), network, level -> Attributes.EMPTY, relay, time);
    }

    @AfterEach
    void end() {
        client.close();
    }

    private static MxPlan hosts(int... ports) {
        List<MxPlan.Host> hosts = new ArrayList<>();
        for (int port : ports) {
            hosts.add(new MxPlan.Host("mx" + hosts.size(), List.of(InetAddress.getLoopbackAddress()), port));
        }
        return MxPlan.of(hosts, new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
    }

    private String send(int... ports) throws InterruptedException {
        OutgoingMail mail = OutgoingMail.of(
                ReversePath.parse("<a@s.test>"),
                List.of(ForwardPath.parse("<b@d.test>")),
                Body.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
        DeliveryResult result = client.send(
                        proven -> hosts(ports), mail, RelayClient.Manner.of(TlsLevel.NONE), () -> true)
                .get(0);
        return result.outcome().reply().code() + " " + result.remoteMta().orElse("-");
    }

    /** Sends by all slots at once, so many each; counts the answers. */
    private Map<String, Integer> sendMany(int each, int... ports) throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> slots = new ArrayList<>();
            for (int i = 0; i < CONCURRENCY; i++) {
                slots.add(threads.submit(() -> {
                    List<String> got = new ArrayList<>();
                    for (int k = 0; k < each; k++) {
                        got.add(send(ports));
                    }
                    return got;
                }));
            }
            for (Future<List<String>> slot : slots) {
                slot.get().forEach(answer -> answers.merge(answer, 1, Integer::sum));
            }
        }
        return answers;
    }

    @Test
    void goesOnWhileADeadHostIsWaitedFor() throws Exception {
        try (BlackHole dead = new BlackHole();
                ScriptedPeer live = ScriptedPeer.start(GOOD)) {
            assertEquals(Map.of("250 mx1", 1000), sendMany(50, dead.port(), live.port()));
            assertEquals(1, network.to(dead.port()));
            // Its time of suspicion is over: one mail looks whether it is there, the connection is still the same one.
            clock.advance(Duration.ofMinutes(3));
            assertEquals(Map.of("250 mx1", 100), sendMany(5, dead.port(), live.port()));
            assertEquals(1, network.to(dead.port()));
        }
    }

    @Test
    void goesOnWhileAHostDoesNotGreet() throws Exception {
        try (ScriptedPeer silent = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, PeerAction.stall()));
                ScriptedPeer live = ScriptedPeer.start(GOOD)) {
            assertEquals(Map.of("250 mx1", 100), sendMany(5, silent.port(), live.port()));
            assertEquals(1, silent.connections());
        }
    }

    @Test
    void takesTheFirstThatIsReadyWhenAllAreSlow() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        PeerScript slow = GOOD.on(PeerScript.CONNECT, PeerAction.all(PeerAction.await(go), PeerAction.behave()));
        try (BlackHole dead = new BlackHole();
                ScriptedPeer late = ScriptedPeer.start(slow);
                ScriptedPeer silent = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, PeerAction.stall()));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> answer = threads.submit(() -> send(dead.port(), late.port(), silent.port()));
            while (silent.connections() == 0) {
                Thread.onSpinWait();
            }
            go.countDown();
            assertEquals("250 mx1", answer.get());
        }
    }

    @Test
    void comesBackToAHostThatWasSlowOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        PeerScript slow = GOOD.on(PeerScript.CONNECT, PeerAction.all(PeerAction.await(go), PeerAction.behave()));
        try (ScriptedPeer first = ScriptedPeer.start(slow);
                ScriptedPeer second = ScriptedPeer.start(GOOD)) {
            assertEquals("250 mx1", send(first.port(), second.port()));
            go.countDown();
            while (first.lines().isEmpty()) {
                Thread.onSpinWait();
            }
            String answer = send(first.port(), second.port());
            while (!answer.equals("250 mx0")) { // until the answer to EHLO has been heard
                answer = send(first.port(), second.port());
            }
            assertEquals(1, first.connections());
        }
    }

    @Test
    void failsWithEveryMailThatWaitsWhenNobodyAnswers() throws Exception {
        client = client(RelayConfig.DEFAULTS, Duration.ofSeconds(1), clock);
        try (BlackHole dead = new BlackHole();
                BlackHole too = new BlackHole()) {
            Map<String, Integer> answers = sendMany(1, dead.port(), too.port());
            assertTrue(answers.keySet().stream().allMatch(answer -> answer.startsWith("451 ")), answers.toString());
            assertEquals(1, network.to(dead.port()));
            assertEquals(1, network.to(too.port()));
        }
    }

    @Test
    void doesNotWaitForADeadHostWhenItIsClosed() throws Exception {
        client.close(); // and its network
        try (BlackHole dead = new BlackHole();
                ScriptedPeer live = ScriptedPeer.start(GOOD)) {
            client = new RelayClient(
                    SmtpClientConfig.DEFAULTS,
                    List.of(),
                    new MinaNetwork(LoopConfig.DEFAULTS),
                    level -> Attributes.EMPTY,
                    RelayConfig.DEFAULTS,
                    clock);
            assertEquals("250 mx1", send(dead.port(), live.port()));
            assertTimeout(Duration.ofSeconds(4), client::close);
        }
    }
}
