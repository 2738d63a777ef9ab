package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.transport.mina.LoopConfig;

/**
 * Measures what a dead best host costs: mails in some seconds over 20 slots, to a host that takes 20 ms for each, alone
 * and behind one that drops every packet. Arguments: seconds, rounds.
 */
final class DeadHostRate {

    private static final PeerScript LIVE = PeerScript.offering("PIPELINING")
            .on(PeerScript.END, PeerAction.all(PeerAction.pause(Duration.ofMillis(20)), PeerAction.behave()));
    private static final int SLOTS = 20;

    private DeadHostRate() {}

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        try (BlackHole dead = new BlackHole()) {
            run(List.of(), Duration.ofSeconds(3)); // warms up
            for (int round = 0; round < rounds; round++) {
                long alone = run(List.of(), time);
                long behind = run(List.of(dead.port()), time);
                System.out.printf(
                        "alone %d, behind a dead host %d mails in %d s: %+.1f %%%n",
                        alone, behind, time.toSeconds(), 100.0 * (behind - alone) / alone);
            }
        }
    }

    private static long run(List<Integer> before, Duration time) throws Exception {
        SmtpClientConfig config = SmtpClientConfig.DEFAULTS
                .withConnections(SLOTS)
                .withDialogue(SmtpClientConfig.DEFAULTS.dialogue().withHostname("us.test"));
        OutgoingMail mail = OutgoingMail.of(
                ReversePath.parse("<a@s.test>"),
                List.of(ForwardPath.parse("<b@d.test>")),
                Body.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
        LongAdder sent = new LongAdder();
        CountDownLatch busy = new CountDownLatch(SLOTS);
        try (ScriptedPeer live = ScriptedPeer.start(LIVE);
                RelayClient client = new RelayClient(
                        config,
                        List.of(),
                        new MinaNetwork(LoopConfig.DEFAULTS),
                        level -> Attributes.EMPTY,
                        RelayConfig.DEFAULTS,
                        InstantSource.system())) {
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < SLOTS; i++) {
                Thread.ofVirtual().start(() -> {
                    try {
                        while (System.nanoTime() < end) {
                            boolean taken =
                                    client.send(proven -> plan(before, live), mail, manner(), () -> true).stream()
                                            .allMatch(one -> one.outcome().isAccepted());
                            sent.add(taken && System.nanoTime() < end ? 1 : 0);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        busy.countDown();
                    }
                });
            }
            busy.await();
        }
        return sent.sum();
    }

    private static RelayClient.Manner manner() {
        return RelayClient.Manner.of(TlsLevel.NONE);
    }

    private static MxPlan plan(List<Integer> before, ScriptedPeer live) {
        List<InetAddress> here = List.of(InetAddress.getLoopbackAddress());
        List<MxPlan.Host> dead = before.stream()
                .map(port -> new MxPlan.Host("dead.test", here, port))
                .toList();
        MxPlan.Host last = new MxPlan.Host("live.test", here, live.port());
        return MxPlan.of(
                Stream.concat(dead.stream(), Stream.of(last)).toList(),
                new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
    }
}
