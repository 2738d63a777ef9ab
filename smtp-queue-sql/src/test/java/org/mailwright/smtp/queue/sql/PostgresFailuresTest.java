package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.Settlement;

/** Servers that stop, nodes that die, connections that break at the worst moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PostgresFailuresTest {

    private static final Reply OK = Reply.of(250, "2.0.0", "Ok");

    private final CountDownLatch ended = new CountDownLatch(1);
    private PostgresServer server;

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    void stop() throws Exception {
        ended.countDown();
        if (server != null) {
            server.close();
        }
    }

    private static PostgresMailQueue open(PostgresQueueConfig config) throws IOException {
        return PostgresMailQueue.open(config, new DurableAttributes(List.of()), InstantSource.system());
    }

    private static Set<String> ids(MailQueue queue) throws IOException {
        Set<String> ids = new HashSet<>();
        for (QueueView.Entry entry : queue.view().list(QueueView.Selection.ALL, Integer.MAX_VALUE)) {
            assertTrue(ids.add(entry.delivery().message().id()), "twice: " + entry);
        }
        return ids;
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServerStopsAndStarts() throws Exception {
        String database = server.create();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Map<String, String> refused = new ConcurrentHashMap<>();
        AtomicBoolean end = new AtomicBoolean();
        try (PostgresMailQueue queue = open(server.config(database))) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 20; t++) {
                int thread = t;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; !end.get(); i++) {
                        String id = "T" + thread + "N" + i;
                        try {
                            KilledProcess.commit(queue, id, i % 30 == 29 ? 300_000 : 5_000);
                            acknowledged.add(id);
                        } catch (IOException e) {
                            refused.put(id, String.valueOf(e.getMessage()));
                            // as a client that comes again later
                            pause();
                        }
                    }
                }));
            }
            for (boolean crash : new boolean[] {false, true, false, true}) {
                until(more(acknowledged, 200));
                server.stop(crash);
                until(() -> queue.pressure().isPresent());
                String why = queue.pressure().orElseThrow();
                assertTrue(why.contains("cannot be reached"), why);
                assertThrows(IOException.class, () -> queue.begin("X"));
                assertThrows(IOException.class, () -> queue.claim(1));
                server.run();
                until(() -> queue.pressure().isEmpty());
            }
            until(more(acknowledged, 200));
            end.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            Set<String> there = ids(queue);
            Set<String> lost = new HashSet<>(acknowledged);
            lost.removeAll(there);
            assertEquals(Set.of(), lost, "acknowledged and lost");
            for (String id : there) {
                assertTrue(
                        acknowledged.contains(id)
                                || refused.getOrDefault(id, "").contains("nobody knows"),
                        () -> id + " was refused and is there: " + refused.get(id));
            }
            assertTrue(refused.values().stream().noneMatch(text -> text.contains(PostgresServer.PASSWORD)), "secret");
        }
    }

    /** Lets others get on, until the end of the tests at most. */
    private void pause() {
        try {
            assertFalse(ended.await(20, TimeUnit.MILLISECONDS), "the tests have ended");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A condition that so many more have come from now on. */
    private static Condition more(Set<String> some, int count) {
        int before = some.size();
        return () -> some.size() >= before + count;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, SQLException;
    }

    private void until(Condition condition) throws IOException, SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(100).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() - end < 0, "it never happened");
            pause();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundOut() throws Exception {
        String database = server.create();
        // without prepared statements each COMMIT is sent as text, so that it is seen
        try (CuttingProxy proxy = new CuttingProxy(server.port());
                PostgresMailQueue queue = open(PostgresQueueConfig.of(
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database
                                + "?sslmode=disable&prepareThreshold=0",
                        PostgresServer.USER,
                        () -> PostgresServer.PASSWORD))) {
            KilledProcess.commit(queue, "Q0", 100);
            proxy.cut(CuttingProxy.Cut.AFTER);
            KilledProcess.commit(queue, "Q1", 100);
            proxy.cut(CuttingProxy.Cut.BEFORE);
            KilledProcess.commit(queue, "Q2", 100);
            assertEquals(2, proxy.cuts());
            assertEquals(Set.of("Q0", "Q1", "Q2"), ids(queue));
            List<Delivery> deliveries = new ArrayList<>();
            for (LaneLease lease : queue.claim(10)) {
                deliveries.addAll(queue.next(lease, 10, Set.of()));
            }
            assertEquals(3, deliveries.size());
            proxy.cut(CuttingProxy.Cut.AFTER);
            Settlement deferred = new Settlement.Deferred(
                    deliveries.getFirst(),
                    Reply.of(451, "4.3.0", "Later"),
                    InstantSource.system().instant(),
                    false);
            queue.settle(List.of(deferred, new Settlement.Delivered(deliveries.get(1), OK)), List.of());
            assertEquals(3, proxy.cuts());
            assertEquals(2, ids(queue).size());
            assertEquals(1, server.number(database, "SELECT max(attempts) FROM delivery"));
        }
    }

    @Test
    void aCommitOfWhichNobodyKnowsFails() throws Exception {
        String database = server.create();
        try (CuttingProxy proxy = new CuttingProxy(server.port());
                PostgresMailQueue queue = open(new PostgresQueueConfig(
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?sslmode=disable",
                        PostgresServer.USER,
                        () -> PostgresServer.PASSWORD,
                        1024,
                        KilledProcess.LEASE,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(300)))) {
            proxy.cutAndEnd();
            IOException e = assertThrows(IOException.class, () -> KilledProcess.commit(queue, "Q1", 100));
            assertTrue(e.toString().contains("nobody knows"), e.toString());
            assertTrue(queue.pressure().isPresent(), "away");
        }
        assertEquals(1, server.number(database, "SELECT count(*) FROM message"));
    }

    @Test
    void aFullServerIsToldAsSuchAndTriedAgain() throws Exception {
        String database = server.create();
        try (PostgresMailQueue queue = open(server.config(database))) {
            server.sql(
                    database,
                    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;"
                            + " CREATE TRIGGER no_room BEFORE INSERT ON message EXECUTE FUNCTION no_room()");
            assertThrows(QueueFullException.class, () -> KilledProcess.commit(queue, "Q1", 100));
            assertEquals(Optional.of("the database is full"), queue.pressure());
            assertThrows(QueueFullException.class, () -> queue.begin("Q2"));
            server.sql(database, "DROP TRIGGER no_room ON message");
            until(() -> queue.pressure().isEmpty());
            KilledProcess.commit(queue, "Q2", 100);
            assertEquals(Set.of("Q2"), ids(queue));
        }
    }

    @Test
    void theLanesOfAKilledNodeAreTakenOver() throws Exception {
        String database = server.create();
        Process process = Kills.process(server.url(database), 0);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); !line.startsWith("out "); line = said.readLine()) {
                assertFalse(line.isEmpty(), "it says something");
            }
            process.toHandle().destroyForcibly();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        Set<LaneName> wanted = new HashSet<>();
        try (MailQueue queue = KilledProcess.open(server.url(database))) {
            long start = System.nanoTime();
            Set<LaneName> taken = new HashSet<>();
            until(() -> {
                // what was on its way to the server when its process died may still come in
                queue.view().summary().forEach(lane -> wanted.add(lane.lane()));
                taken.addAll(withMail(queue));
                queue.renew();
                return taken.containsAll(wanted);
            });
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(KilledProcess.LEASE.multipliedBy(5)) < 0, "taken over after " + took);
        }
        assertTrue(wanted.size() > 10, wanted.size() + " lanes");
        try (MailQueue queue = KilledProcess.open(server.url(database))) {
            assertEquals(wanted, withMail(queue), "an orderly end gives them back at once");
        }
    }

    /** Claims what there is, and returns the lanes that have mail: one whose last mail was settled may be left over. */
    private static Set<LaneName> withMail(MailQueue queue) throws IOException {
        Set<LaneName> lanes = new HashSet<>();
        for (LaneLease lease : queue.claim(50)) {
            if (!queue.next(lease, 1, Set.of()).isEmpty()) {
                lanes.add(lease.lane());
            }
        }
        return lanes;
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        new Kills(server.url(server.create())).nothingAcknowledgedIsLost();
    }

    @Test
    void aLeaseThatWasLostIsNotRenewed() throws Exception {
        String database = server.create();
        try (PostgresMailQueue queue = open(server.config(database))) {
            KilledProcess.commit(queue, "Q1", 100);
            LaneLease lease = queue.claim(1).getFirst();
            assertTrue(queue.holds(lease), "held");
            server.sql(database, "UPDATE lane SET owner = 'another', epoch = epoch + 1");
            queue.renew();
            assertFalse(queue.holds(lease), "another has it");
            queue.release(lease, Optional.empty());
            assertEquals(1, server.number(database, "SELECT count(*) FROM lane WHERE owner = 'another'"));
        }
    }
}
