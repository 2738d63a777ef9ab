package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/**
 * Fills a queue from many threads and settles a part of it, until it is killed. Prints {@code in ID} after each commit,
 * {@code try ID} before and {@code out ID} after each settlement.
 */
final class KilledProcess {

    private static final int THREADS = 16;
    private static final int LARGE_EVERY = 50;
    private static final int LARGE = 300_000;

    /** Of a queue in PostgreSQL. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private KilledProcess() {}

    public static void main(String[] arguments) throws IOException {
        MailQueue queue = open(arguments[0]);
        String life = arguments[1];
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    String id = "L" + life + "T" + thread + "N" + i;
                    try {
                        commit(queue, id, i % LARGE_EVERY == LARGE_EVERY - 1 ? LARGE : 10_000);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    System.out.println("in " + id);
                }
            });
        }
        while (true) {
            for (LaneLease lease : queue.claim(2)) {
                List<Delivery> some = queue.next(lease, 20, Set.of());
                some.forEach(each -> System.out.println("try " + each.message().id()));
                queue.settle(
                        some.stream()
                                .<Settlement>map(each -> new Settlement.Delivered(each, Reply.of(250, "2.0.0", "Ok")))
                                .toList(),
                        List.of());
                some.forEach(each -> System.out.println("out " + each.message().id()));
                queue.release(lease, Optional.empty());
            }
        }
    }

    /** Opens the queue of a folder, or of a database with short leases. */
    static MailQueue open(String where) throws IOException {
        DurableAttributes none = new DurableAttributes(List.of());
        return where.startsWith("jdbc:")
                ? PostgresMailQueue.open(
                        PostgresQueueConfig.of(where, PostgresServer.USER, () -> PostgresServer.PASSWORD)
                                .withLease(LEASE),
                        none,
                        InstantSource.system())
                : SqlMailQueue.open(SqlQueueConfig.in(Path.of(where)), none, InstantSource.system());
    }

    static void commit(MailQueue queue, String id, int size) throws IOException {
        MailWriter writer = queue.begin(id);
        writer.write(ByteBuffer.wrap(content(id, size)));
        commit(writer, id, size);
    }

    /** Commits what was written. */
    static void commit(MailWriter writer, String id, int size) throws IOException {
        Instant now = Instant.now();
        Message message = new Message(
                id,
                ReversePath.parse("<sender@example.com>"),
                Attributes.EMPTY,
                Provenance.local("test"),
                now,
                now.plus(Duration.ofDays(1)),
                size);
        LaneName lane = new LaneName("relay", "lane" + Math.floorMod(id.hashCode(), 20) + ".example");
        writer.commit(
                message,
                List.of(new NewDelivery(
                        Recipient.of(ForwardPath.parse("<recipient@example.org>")),
                        lane,
                        Optional.empty(),
                        Priority.NORMAL,
                        now)));
    }

    /** A content that tells whose it is, everywhere. */
    static byte[] content(String id, int size) {
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) id.charAt(i % id.length());
        }
        return octets;
    }
}
