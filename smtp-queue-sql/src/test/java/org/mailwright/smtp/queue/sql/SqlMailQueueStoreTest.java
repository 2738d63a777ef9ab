package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.Settlement;
import org.mailwright.smtp.queue.sql.journal.JournalConfig;

/** What a queue on the local disk keeps where, and when. */
class SqlMailQueueStoreTest {

    @TempDir
    private Path folder;

    /** One that leaves the index behind for as long as it may. */
    private static SqlMailQueue open(Path where) throws IOException {
        return SqlMailQueue.open(
                new SqlQueueConfig(
                        where,
                        JournalConfig.DEFAULTS,
                        32 << 10,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        1 << 20),
                new DurableAttributes(List.of()),
                InstantSource.system());
    }

    private static Set<String> mails(MailQueue queue) throws IOException {
        return queue.view().list(QueueView.Selection.ALL, 10_000).stream()
                .map(entry -> entry.delivery().message().id())
                .collect(Collectors.toSet());
    }

    @Test
    void theNextOneOpensWhenAllOfTheFormerIsClosed() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path place = folder.resolve("round" + round);
            SqlMailQueue first = open(place);
            for (int i = 0; i < 500; i++) {
                KilledProcess.commit(first, "Q" + i, 10);
            }
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try {
                    first.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (SqlMailQueue second = openWhenFree(place)) {
                assertEquals(500, mails(second).size());
            }
            closed.get();
        }
    }

    private static SqlMailQueue openWhenFree(Path place) {
        while (true) {
            try {
                return open(place);
            } catch (IOException e) {
                assertTrue(e.toString().contains("in use"), e.toString());
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void theLockIsGivenBackAlsoWhenClosingFails() throws IOException {
        Path place = folder.resolve("queue");
        SqlMailQueue first = open(place);
        KilledProcess.commit(first, "Q1", 10);
        // nothing can be put into an index that lacks its table
        try (Sql sql = Sql.open(place.resolve("queue.db"))) {
            sql.run("DROP TABLE indexed");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        assertThrows(IOException.class, first::close);
        IOException e = assertThrows(IOException.class, () -> open(place));
        assertTrue(!e.toString().contains("in use"), e.toString());
    }

    @Test
    void oneDamagedRecordCostsOneMail() throws IOException {
        Path place = folder.resolve("queue");
        try (SqlMailQueue first = open(place)) {
            for (int i = 0; i < 150; i++) {
                KilledProcess.commit(first, "Q" + i, 1000);
            }
        }
        // what a process leaves that ends before anything is indexed, on a disk that changes a bit
        Path later = folder.resolve("later");
        Files.createDirectories(later.resolve("journal"));
        Path segment = onlyFile(place.resolve("journal"));
        byte[] octets = Files.readAllBytes(segment);
        octets[find(octets, KilledProcess.content("Q120", 1000)) + 500] ^= 4;
        Files.write(later.resolve("journal").resolve(segment.getFileName()), octets);
        for (int life = 0; life < 2; life++) {
            try (SqlMailQueue second = open(later)) {
                Set<String> mails = mails(second);
                assertEquals(149, mails.size());
                assertTrue(!mails.contains("Q120"), "the damaged one");
            }
        }
        try (Stream<Path> files = Files.list(later.resolve("journal"))) {
            assertEquals(
                    1,
                    files.filter(file -> file.toString().endsWith(".damaged")).count());
        }
    }

    private static Path onlyFile(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.getFirst();
        }
    }

    private static int find(byte[] octets, byte[] wanted) {
        for (int at = 0; at <= octets.length - wanted.length; at++) {
            if (octets[at] == wanted[0] && Arrays.equals(octets, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aContentIsTheSameHoweverItIsRead() throws IOException {
        try (SqlMailQueue queue = open(folder.resolve("queue"))) {
            KilledProcess.commit(queue, "journal", 20_000);
            KilledProcess.commit(queue, "file", 100_000);
            KilledProcess.commit(queue, "ended", 10);
            report(queue);
            List<Message> messages = queue.view().list(QueueView.Selection.ALL, 10).stream()
                    .map(entry -> entry.delivery().message())
                    .toList();
            assertEquals(
                    Set.of("journal", "file", "row"),
                    messages.stream().map(Message::id).collect(Collectors.toSet()));
            for (Message message : messages) {
                Body body = queue.content(message);
                byte[] expected = KilledProcess.content(message.id(), (int) message.size());
                assertArrayEquals(expected, body.octets(), message.id());
                try (InputStream in = body.open()) {
                    assertArrayEquals(expected, in.readAllBytes(), message.id());
                }
            }
        }
    }

    /** Settles one mail with a report, which lies in its row. */
    private static void report(SqlMailQueue queue) throws IOException {
        for (LaneLease lease : queue.claim(10)) {
            for (Delivery delivery : queue.next(lease, 10, Set.of())) {
                Message ended = delivery.message();
                if (ended.id().equals("ended")) {
                    Message report = new Message(
                            "row",
                            ended.reversePath(),
                            ended.attributes(),
                            ended.provenance(),
                            ended.accepted(),
                            ended.expires(),
                            3000);
                    queue.settle(
                            List.of(new Settlement.Delivered(delivery, Reply.of(250, "2.0.0", "Ok"))),
                            List.of(new NewMail(
                                    report,
                                    KilledProcess.content("row", 3000),
                                    List.of(new NewDelivery(
                                            delivery.recipient(),
                                            lease.lane(),
                                            Optional.empty(),
                                            delivery.priority(),
                                            delivery.due())),
                                    Set.of(delivery.id()))));
                }
            }
        }
    }

    @Test
    void aSizeThatNoRecordHasIsRefused() throws IOException {
        try (SqlMailQueue queue = open(folder.resolve("queue"))) {
            KilledProcess.commit(queue, "Q1", 100);
            Message message = queue.view()
                    .list(QueueView.Selection.ALL, 10)
                    .getFirst()
                    .delivery()
                    .message();
            for (long size : new long[] {(1L << 30) + 1, (1L << 32) + 100}) {
                Body body = queue.content(message.withSize(size));
                IOException e = assertThrows(IOException.class, body::octets);
                assertTrue(e.toString().contains(size + " octets"), e.toString());
                assertThrows(IOException.class, body::open);
            }
        }
    }
}
