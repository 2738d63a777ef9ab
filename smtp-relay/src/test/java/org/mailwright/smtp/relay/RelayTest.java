package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.dns.MapDns;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** Mails to hosts that misbehave. */
@Timeout(60)
class RelayTest {

    private static final PeerScript GOOD = PeerScript.offering("PIPELINING", "8BITMIME");

    private final RelayClient client = client(RelayConfig.DEFAULTS);

    private static RelayClient client(RelayConfig relay) {
        return client(relay, List.of());
    }

    private static RelayClient client(RelayConfig relay, List<Extension> extensions) {
        return new RelayClient(
                SmtpClientConfig.DEFAULTS
                        .withConnections(20)
                        .withDialogue(SmtpClientConfig.DEFAULTS.dialogue().withHostname("us.test")),
                extensions,
                new MinaNetwork(LoopConfig.DEFAULTS),
                level -> Attributes.EMPTY,
                relay,
                InstantSource.fixed(Instant.EPOCH));
    }

    @AfterEach
    void end() {
        client.close();
    }

    private static MxPlan hosts(int... ports) throws Exception {
        List<MxPlan.Host> hosts = new ArrayList<>();
        for (int port : ports) {
            hosts.add(new MxPlan.Host(
                    "mx" + hosts.size() + ".test",
                    new MapDns().host("x", "127.0.0.1").addresses("x"),
                    port));
        }
        return MxPlan.of(hosts, new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
    }

    private static OutgoingMail mail(String... to) {
        return OutgoingMail.of(
                ReversePath.parse("<a@s.test>"),
                Arrays.stream(to).map(one -> ForwardPath.parse("<" + one + ">")).toList(),
                Body.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private String send(MxPlan plan, BooleanSupplier wanted, boolean soft, String... to) throws Exception {
        RelayClient.Manner manner =
                new RelayClient.Manner(TlsLevel.OPPORTUNISTIC, Attributes.EMPTY, Optional.empty(), soft, false);
        return send(client, plan, manner, wanted, to);
    }

    private static String send(
            RelayClient by, MxPlan plan, RelayClient.Manner manner, BooleanSupplier wanted, String... to)
            throws Exception {
        return by.send(proven -> plan, mail(to), manner, wanted).stream()
                .map(result -> result.outcome().reply().code() + " " + result.action() + " "
                        + result.remoteMta().orElse("-"))
                .collect(Collectors.joining(", "));
    }

    private String send(MxPlan plan, String... to) throws Exception {
        return send(plan, () -> true, false, to);
    }

    private static int deadPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void goesToTheNextHostWhenOneIsNotThere() throws Exception {
        for (String greeting : List.of("421 4.3.2 busy", "450 4.3.2 busy", "554 5.3.2 no", "521 5.3.2 no mail")) {
            try (ScriptedPeer first = ScriptedPeer.start(GOOD.on("(connect)", greeting));
                    ScriptedPeer second = ScriptedPeer.start(GOOD)) {
                assertEquals("250 RELAYED mx2.test", send(hosts(deadPort(), first.port(), second.port()), "b@d.test"));
            }
        }
    }

    @Test
    void endsWithTheLastAnswerUnlessAnotherMayChange() throws Exception {
        try (ScriptedPeer no = ScriptedPeer.start(GOOD.on("(connect)", "521 5.3.2 no mail"))) {
            assertEquals("521 RELAYED mx0.test", send(hosts(no.port()), "b@d.test"));
            assertEquals("451 RELAYED mx0.test", send(hosts(deadPort(), no.port()), "b@d.test"));
            assertEquals("451 RELAYED mx0.test", send(hosts(no.port()), () -> true, true, "b@d.test"));
            MxPlan known = hosts(no.port());
            MxPlan more = () -> known.next() instanceof MxPlan.Host host
                    ? host
                    : new MxPlan.Nowhere(Reply.of(451, "4.4.3", "The others are not known"));
            assertEquals("451 RELAYED -", send(more, "b@d.test"));
        }
    }

    /** Sends only where BY is known, as an extension says (RFC 2852 section 6). */
    private static final Extension NEEDY = new Extension() {
        @Override
        public String id() {
            return "needy";
        }

        @Override
        public void client(ClientSide side) {
            side.preparer(1, (mail, peer) -> {
                if (!peer.offers("DELIVERBY")) {
                    throw SmtpException.of(554, "5.3.3", "Not by a time");
                }
                return mail;
            });
        }
    };

    @Test
    void looksForAHostThatCanDoWhatTheMailNeeds() throws Exception {
        RelayClient.Manner manner =
                new RelayClient.Manner(TlsLevel.OPPORTUNISTIC, Attributes.EMPTY, Optional.empty(), false, false);
        try (RelayClient needy = client(RelayConfig.DEFAULTS, List.of(NEEDY));
                ScriptedPeer lacks = ScriptedPeer.start(GOOD);
                ScriptedPeer knows = ScriptedPeer.start(PeerScript.offering("DELIVERBY"))) {
            int dead = deadPort();
            assertEquals(
                    "250 RELAYED mx1.test",
                    send(needy, hosts(lacks.port(), knows.port()), manner, () -> true, "b@d.test"));
            assertEquals("554 RELAYED mx0.test", send(needy, hosts(lacks.port()), manner, () -> true, "b@d.test"));
            assertEquals(
                    "554 RELAYED mx0.test", send(needy, hosts(lacks.port(), dead), manner, () -> true, "b@d.test"));
            assertEquals(
                    List.of("EHLO us.test"), lacks.lines().stream().distinct().toList());
        }
    }

    @Test
    void keepsTheAnswerOfEachRecipient() throws Exception {
        PeerScript script = GOOD.on("RCPT#1", "550 5.1.1 unknown").on("RCPT#2", "452 4.2.2 full");
        try (ScriptedPeer first = ScriptedPeer.start(script);
                ScriptedPeer second = ScriptedPeer.start(GOOD)) {
            assertEquals(
                    "550 RELAYED mx0.test, 452 RELAYED mx0.test, 250 RELAYED mx0.test",
                    send(hosts(first.port(), second.port()), "a@d.test", "b@d.test", "c@d.test"));
            assertEquals(0, second.connections());
        }
    }

    @Test
    void triesAHostThatDidNotAnswerLast() throws Exception {
        try (ScriptedPeer dead = ScriptedPeer.start(GOOD.on("(connect)", PeerAction.close()));
                ScriptedPeer second = ScriptedPeer.start(GOOD)) {
            for (int i = 0; i < 5; i++) {
                assertEquals("250 RELAYED mx1.test", send(hosts(dead.port(), second.port()), "b@d.test"));
            }
            assertEquals(1, dead.connections());
            assertEquals(1, second.connections());
        }
    }

    @Test
    void reconnectsAtOnceWhenAKeptConnectionEnds() throws Exception {
        PeerAction bye = PeerAction.all(PeerAction.say("421 4.4.2 idle"), PeerAction.close());
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on("MAIL#2", bye), GOOD)) {
            assertEquals("250 RELAYED mx0.test", send(hosts(peer.port()), "b@d.test"));
            assertEquals("250 RELAYED mx0.test", send(hosts(peer.port()), "b@d.test"));
            assertEquals(2, peer.connections());
        }
    }

    @Test
    void sharesConnectionsAmongManyRequests() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = peer.port();
            for (int round = 0; round < 10; round++) {
                List<Callable<String>> tasks = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    tasks.add(() -> send(hosts(port), "b@d.test"));
                }
                for (Future<String> one : threads.invokeAll(tasks)) {
                    assertEquals("250 RELAYED mx0.test", one.get());
                }
            }
            assertTrue(peer.connections() <= 20, peer.connections() + " connections");
        }
    }

    @Test
    void givesUpBeforeTheFinalDot() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD)) {
            assertEquals("250 RELAYED mx0.test", send(hosts(peer.port()), "b@d.test"));
            AtomicInteger asked = new AtomicInteger();
            BooleanSupplier untilContent =
                    () -> peer.lines().stream().filter("DATA"::equals).count() < 2 || asked.incrementAndGet() < 1;
            assertTrue(send(hosts(peer.port()), untilContent, false, "b@d.test").startsWith("451 "));
            assertEquals(1, peer.contents().size());
            assertTrue(send(hosts(peer.port()), () -> false, false, "b@d.test").startsWith("451 "));
        }
    }

    @Test
    void doesNotTalkToItself() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on("(connect)", "220 US.test ESMTP"));
                RelayClient ofPort = client(RelayConfig.DEFAULTS.withPort(peer.port()))) {
            RelayClient.Manner manner = RelayClient.Manner.of(TlsLevel.NONE);
            assertEquals("554 RELAYED mx0.test", send(ofPort, hosts(peer.port()), manner, () -> true, "b@d.test"));
            // A filter beside this server may bear its name.
            assertEquals("250 RELAYED mx0.test", send(hosts(peer.port()), "b@d.test"));
        }
    }

    @Test
    void saysWhoReports() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("DSN"))) {
            assertEquals("250 PASSED_ON mx0.test", send(hosts(peer.port()), "b@d.test"));
        }
    }

    @Test
    void tellsTheServersOfOneHostApart() throws Exception {
        try (ScriptedPeer reporting = ScriptedPeer.start(PeerScript.offering("DSN"));
                ScriptedPeer other = ScriptedPeer.start(GOOD)) {
            assertEquals("250 PASSED_ON mx0.test", send(hosts(reporting.port()), "b@d.test"));
            assertEquals("250 RELAYED mx0.test", send(hosts(other.port()), "b@d.test"));
            // by the connection that is still there, on which nothing is offered again
            assertEquals("250 PASSED_ON mx0.test", send(hosts(reporting.port()), "b@d.test"));
        }
    }

    @Test
    void sendsEndToEnd() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD)) {
            RelayConfig config = RelayConfig.DEFAULTS.withPort(peer.port()).withPrivateAddresses(true);
            MapDns dns = new MapDns()
                    .mx("d.test", 1, "mx.d.test")
                    .host("mx.d.test", "127.0.0.1")
                    .mx("n.test", 0, "");
            MxSender sender = new MxSender(
                    client, new MxResolver(dns, config, new Random(1)), config, domain -> TlsLevel.OPPORTUNISTIC);
            OutgoingMail mail = mail("a@d.test", "b@n.test", "c@[127.0.0.1]", "d@nosuch.test", "e@d.test", "f@[x:y]");
            List<Integer> codes = sender.send(mail).recipients().stream()
                    .map(one -> one.outcome().reply().code())
                    .toList();
            assertEquals(List.of(250, 556, 250, 550, 250, 550), codes);
            List<Recipient> lone = List.of(Recipient.of(ForwardPath.parse("<postmaster>")));
            assertEquals(
                    553,
                    sender.send(mail.withRecipients(lone))
                            .recipients()
                            .get(0)
                            .outcome()
                            .reply()
                            .code());
        }
    }
}
