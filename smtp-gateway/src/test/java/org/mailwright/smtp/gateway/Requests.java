package org.mailwright.smtp.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;

/** Requests and users that the tests of the deliverers have in common. */
public final class Requests {
    /** When every mail was accepted. */
    public static final Instant ACCEPTED = Instant.parse("2026-03-02T10:00:00Z");

    private Requests() {}

    public static DeliveryRequest request(String content, String... paths) {
        return request("m1", Body.of(content.getBytes(StandardCharsets.UTF_8)), paths);
    }

    public static DeliveryRequest request(String id, Body content, String... paths) {
        return request(id, "<sender@elsewhere.test>", content, () -> true, paths);
    }

    public static DeliveryRequest request(
            String id, String sender, Body content, BooleanSupplier stillOurs, String... paths) {
        Message message = new Message(
                id,
                ReversePath.parse(sender),
                Attributes.EMPTY,
                Provenance.local("test"),
                ACCEPTED,
                ACCEPTED.plus(Duration.ofDays(5)),
                content.size().orElse(0));
        return new DeliveryRequest(
                message,
                new LaneName("local", "test"),
                message.reversePath(),
                Stream.of(paths)
                        .map(path -> Recipient.of(ForwardPath.parse(path)))
                        .toList(),
                content,
                stillOurs);
    }

    /** The codes of results, such as {@code 250 2.1.5}. */
    public static List<String> codes(List<DeliveryResult> results) {
        return results.stream()
                .map(result -> result.outcome().reply())
                .map(reply -> reply.code() + " "
                        + reply.enhanced().map(Object::toString).orElse("-"))
                .toList();
    }
}
