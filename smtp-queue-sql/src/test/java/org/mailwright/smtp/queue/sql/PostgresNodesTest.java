package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.Settlement;

/** Three nodes take mail for the same few lanes and deliver it, all at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PostgresNodesTest {

    private static final int NODES = 3;
    private static final int SENDERS = 4;
    private static final int EACH = 50;
    private static final int LANES = 8;

    private PostgresServer server;
    private final AtomicInteger ids = new AtomicInteger();
    private final Set<Long> delivered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger doubled = new AtomicInteger();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void eachDeliveryIsMadeOnceAndNoWakeUpIsLost() throws Exception {
        String database = server.create();
        List<PostgresMailQueue> nodes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (int n = 0; n < NODES; n++) {
                PostgresMailQueue node = PostgresMailQueue.open(
                        server.config(database), new DurableAttributes(List.of()), InstantSource.system());
                nodes.add(node);
                for (int s = 0; s < SENDERS; s++) {
                    threads.add(Thread.startVirtualThread(() -> guard(() -> send(node))));
                }
                threads.add(Thread.startVirtualThread(() -> guard(() -> deliver(node))));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(NODES * SENDERS * EACH * 2, delivered.size());
            assertEquals(0, doubled.get(), "delivered twice");
            assertEquals(0, server.number(database, "SELECT count(*) FROM message"));
            for (LaneLease lease : nodes.getFirst().claim(LANES)) {
                nodes.getFirst().release(lease, Optional.empty());
            }
            assertEquals(0, server.number(database, "SELECT count(*) FROM lane"));
        } finally {
            nodes.forEach(PostgresMailQueue::close);
        }
        assertEquals(
                0,
                server.number("postgres", "SELECT deadlocks FROM pg_stat_database WHERE datname = '" + database + "'"));
    }

    /** What may fail. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException;
    }

    private void guard(Part part) {
        try {
            part.run();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** Each mail goes to two lanes, so that two nodes take recipients off the same mail. */
    private void send(MailQueue node) throws IOException {
        for (int i = 0; i < EACH; i++) {
            int number = ids.incrementAndGet();
            Instant now = Instant.now();
            MailWriter writer = node.begin("Q" + number);
            writer.write(ByteBuffer.wrap(new byte[100]));
            writer.commit(
                    new Message(
                            "Q" + number,
                            ReversePath.parse("<sender@example.com>"),
                            Attributes.EMPTY,
                            Provenance.local("test"),
                            now,
                            now.plus(Duration.ofDays(1)),
                            100),
                    List.of(to(number % LANES, now), to((number + 1 + number % 3) % LANES, now)));
        }
    }

    private static NewDelivery to(int lane, Instant due) {
        return new NewDelivery(
                Recipient.of(ForwardPath.parse("<recipient@example.org>")),
                new LaneName("relay", "lane" + lane + ".example"),
                Optional.empty(),
                Priority.NORMAL,
                due);
    }

    private void deliver(MailQueue node) throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (delivered.size() < NODES * SENDERS * EACH * 2 && failures.isEmpty() && System.nanoTime() - end < 0) {
            for (LaneLease lease : node.claim(2)) {
                List<Delivery> some = node.next(lease, 20, Set.of());
                some.forEach(each -> doubled.addAndGet(delivered.add(each.id()) ? 0 : 1));
                node.settle(
                        some.stream()
                                .<Settlement>map(each -> new Settlement.Delivered(each, Reply.of(250, "2.0.0", "Ok")))
                                .toList(),
                        List.of());
                node.release(lease, Optional.empty());
            }
        }
    }
}
