package org.mailwright.smtp.queue.schedule;

import java.time.Duration;
import java.time.Instant;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what became of a delivery to the log: one line each, with the id that the mail has had from its session on.
 */
final class Milestones {

    private static final Logger LOG = LoggerFactory.getLogger("org.mailwright.smtp.delivery");

    private Milestones() {}

    static void settled(Settlement settlement, DeliveryResult result) {
        switch (settlement) {
            case Settlement.Delivered delivered -> line(Level.INFO, settlement, result, "delivered", "");
            case Settlement.Failed failed -> line(Level.WARN, settlement, result, "failed", "");
            case Settlement.Deferred deferred ->
                line(Level.INFO, settlement, result, "deferred", " until " + deferred.due());
        }
    }

    /** Tells of a lane whose destination nobody could speak to, unless that is in order. */
    static void rests(LaneName lane, Deliverer deliverer, Reply reply, Instant until) {
        if (deliverer.waits(lane)) {
            waits(lane, until);
        } else {
            outOfOrder(lane, reply, until);
        }
    }

    private static void waits(LaneName lane, Instant until) {
        LOG.atDebug()
                .addKeyValue("lane", lane)
                .addKeyValue("event", "waits")
                .log("{} waits until it is asked for; looked at again at {}", lane, until);
    }

    private static void outOfOrder(LaneName lane, Reply reply, Instant until) {
        LOG.atWarn()
                .addKeyValue("lane", lane)
                .addKeyValue("event", "out-of-order")
                .log("{} is out of order until {}: {}", lane, until, reply);
    }

    private static String host(DeliveryResult result) {
        String tls = result.link().tls().map(how -> " (TLS: " + how + ")").orElse("");
        return result.remoteMta().map(host -> " at " + host + tls).orElse("");
    }

    private static void line(Level level, Settlement settlement, DeliveryResult result, String event, String more) {
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        Delivery delivery = settlement.delivery();
        Duration age = Duration.between(delivery.message().accepted(), Instant.now());
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue("mail", delivery.message().id())
                .addKeyValue("event", event)
                .addKeyValue("recipient", delivery.recipient().path().path())
                .addKeyValue("lane", delivery.lane())
                .addKeyValue("attempt", delivery.attempts() + 1)
                .addKeyValue("reply", settlement.reply());
        if (result.remoteMta().isPresent()) {
            line = line.addKeyValue("host", result.remoteMta().get());
        }
        if (result.link().tls().isPresent()) {
            line = line.addKeyValue("tls", result.link().tls().get());
        }
        line.log(
                "mail {} to {} {}{} by {}{}, attempt {}, {} s after it came => {}",
                delivery.message().id(),
                delivery.recipient().path().path(),
                event,
                more,
                delivery.lane(),
                host(result),
                delivery.attempts() + 1,
                Math.max(0, age.toMillis()) / 1000.0,
                settlement.reply());
    }
}
