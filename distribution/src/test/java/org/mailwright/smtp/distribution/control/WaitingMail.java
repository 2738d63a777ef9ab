package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
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
import org.mailwright.smtp.queue.sql.SqlMailQueue;
import org.mailwright.smtp.queue.sql.SqlQueueConfig;
import org.mailwright.smtp.testkit.TestClock;

/** A real queue in a data folder, and the door to it, with a clock that stands still. */
public final class WaitingMail implements AutoCloseable {
    private static final AttributeKey<String> ENVID =
            AttributeKey.durable("ENVID", Scope.TRANSACTION, new AttributeKey.Codec<>(value -> value, value -> value));

    public final TestClock clock = TestClock.at("2030-01-31T12:00:00Z");
    public final MailQueue queue;
    public final AtomicReference<ReloadOutcome> reload = new AtomicReference<>(new ReloadOutcome(true, "reloaded"));
    public volatile ControlledQueue.Ways ways = delivery -> Optional.empty();
    public final Path data;
    private final ControlServer server;

    private WaitingMail(Path data, ControlConfig config) throws IOException {
        this.data = data;
        this.queue = SqlMailQueue.open(
                SqlQueueConfig.in(data.resolve("queue")), new DurableAttributes(List.of(ENVID)), clock);
        this.server = ControlServer.start(
                ControlServer.socket(data),
                new Controlled(
                        "1.2.3",
                        Optional.of(ControlledQueue.of(queue, delivery -> ways.lane(delivery))),
                        reload::get,
                        clock),
                config);
    }

    public static WaitingMail in(Path data) throws IOException {
        return new WaitingMail(data, ControlConfig.DEFAULTS);
    }

    public static WaitingMail in(Path data, ControlConfig config) throws IOException {
        return new WaitingMail(data, config);
    }

    /** Puts a mail in; each recipient's lane is that of his domain. */
    public void add(String id, String sender, String content, String... recipients) throws IOException {
        add(clock.instant(), id, sender, content, recipients);
    }

    /** Puts a mail in that its sender wants to go at that time. */
    public void add(Instant due, String id, String sender, String content, String... recipients) throws IOException {
        MailWriter writer = queue.begin(id);
        writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        Message message = new Message(
                id,
                ReversePath.parse("<" + sender + ">"),
                Attributes.EMPTY.with(ENVID, "e1"),
                new Provenance("s1", "submissions", "192.0.2.1", "client.example", Optional.of("alice")),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(5)),
                writer.size());
        writer.commit(
                message,
                Arrays.stream(recipients)
                        .map(recipient -> new NewDelivery(
                                new Recipient(ForwardPath.parse("<" + recipient + ">"), Attributes.EMPTY),
                                new LaneName("relay", recipient.substring(recipient.indexOf('@') + 1)),
                                Optional.empty(),
                                Priority.NORMAL,
                                due))
                        .toList());
    }

    /** Tries all that is due in vain: it is due again in a minute. */
    public void defer(Reply reply) throws IOException {
        for (LaneLease lease : queue.claim(100)) {
            List<Delivery> due = queue.next(lease, 100, Set.of());
            queue.settle(
                    due.stream()
                            .<Settlement>map(delivery -> new Settlement.Deferred(
                                    delivery, reply, clock.instant().plusSeconds(60), false))
                            .toList(),
                    List.of());
            queue.release(lease, Optional.empty());
        }
    }

    /** Recipients of all that is due and not held. */
    public List<String> due() throws IOException {
        List<String> due = new ArrayList<>();
        for (LaneLease lease : queue.claim(100)) {
            queue.next(lease, 100, Set.of())
                    .forEach(delivery -> due.add(delivery.recipient().path().path()));
            queue.release(lease, Optional.empty());
        }
        return due.stream().sorted().toList();
    }

    @Override
    public void close() throws IOException {
        try (queue) {
            server.close();
        }
    }
}
