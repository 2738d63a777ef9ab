package org.mailwright.smtp.distribution.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneSummary;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.QueueView.Entry;

/**
 * What waits in a queue, as JSON. Times are given in full, and in whole seconds from now as well, for those who are not
 * to count them.
 */
final class Rows {
    private Rows() {}

    static JsonObject lane(LaneSummary lane, Instant now) {
        return new JsonObject()
                .with("lane", lane.lane().toString())
                .with("deliveries", lane.deliveries())
                .with("held", lane.held())
                .with("deferred", lane.deferred())
                .with("oldest", lane.oldest())
                .with("age", seconds(lane.oldest(), now))
                .with("ages", lane.ages())
                .with("leased", lane.leased())
                .with("notBefore", lane.notBefore().map(Instant::toString))
                .with(
                        "rests",
                        lane.notBefore().map(until -> seconds(now, until)).orElse(0L));
    }

    /** A delivery together with what is told of its mail in a list. */
    static JsonObject delivery(Entry entry, Instant now) {
        Message message = entry.delivery().message();
        return ofDelivery(entry, now)
                .with("message", message.id())
                .with("sender", bare(message.reversePath().path()))
                .with("size", message.size())
                .with("accepted", message.accepted())
                .with("age", seconds(message.accepted(), now));
    }

    /** A delivery where its mail is told of already. */
    static JsonObject ofMail(Entry entry, Instant now) {
        Delivery delivery = entry.delivery();
        return ofDelivery(entry, now)
                .with("reportsTo", bare(delivery.reversePath().path()))
                .with("delayReported", delivery.delayReported())
                .with("parameters", parameters(delivery.recipient().attributes()));
    }

    private static JsonObject ofDelivery(Entry entry, Instant now) {
        Delivery delivery = entry.delivery();
        return new JsonObject()
                .with("id", Long.toString(delivery.id())) // a name: many programs read a number as a double
                .with("recipient", bare(delivery.recipient().path().path()))
                .with("lane", delivery.lane().toString())
                .with("priority", delivery.priority().name().toLowerCase(Locale.ROOT))
                .with("attempts", delivery.attempts())
                .with("due", delivery.due())
                .with("wait", Math.max(0, seconds(now, delivery.due())))
                .with("held", entry.held())
                .with("last", delivery.last().map(Reply::toString));
    }

    static JsonObject mail(Message message, Instant now) {
        Provenance from = message.provenance();
        return new JsonObject()
                .with("message", message.id())
                .with("sender", bare(message.reversePath().path()))
                .with("size", message.size())
                .with("accepted", message.accepted())
                .with("age", seconds(message.accepted(), now))
                .with("expires", message.expires())
                .with("left", Math.max(0, seconds(now, message.expires())))
                .with("parameters", parameters(message.attributes()))
                .with(
                        "provenance",
                        new JsonObject()
                                .with("listener", from.listener())
                                .with("session", given(from.session()))
                                .with("remote", given(from.remote()))
                                .with("hello", given(from.hello()))
                                .with("identity", from.identity()));
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static String bare(String path) {
        return path.substring(1, path.length() - 1);
    }

    private static JsonObject parameters(Attributes attributes) {
        JsonObject parameters = new JsonObject();
        attributes.forEach((key, value) -> written(key, value).ifPresent(text -> parameters.with(key.name(), text)));
        return parameters;
    }

    @SuppressWarnings("unchecked") // Attributes pair key and value by type
    private static <T> Optional<String> written(AttributeKey<T> key, Object value) {
        return key.codec().map(codec -> codec.write().apply((T) value));
    }
}
