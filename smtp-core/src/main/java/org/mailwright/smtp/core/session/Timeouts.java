package org.mailwright.smtp.core.session;

import java.time.Duration;

/**
 * How long a server waits for its client. Each is a total: a client that sends an octet now and then gains nothing.
 *
 * @param greetingDelay how long a client must keep quiet before it is greeted; zero for not at all. One that speaks
 *     earlier gets 554 5.5.1 and is sent away
 * @param command from one reply to the end of the next command (RFC 5321 §4.5.3.2.7: at least 5 minutes)
 * @param dataBlock between two pieces of content (§4.5.3.2.5: 3 minutes)
 * @param minimumRate octets of content per second, over the whole mail after its first minute; 0 for no such bound
 * @param stranger how long a client may stay where authentication is required and it has not authenticated
 * @since 0.1.0
 */
public record Timeouts(
        Duration greetingDelay, Duration command, Duration dataBlock, int minimumRate, Duration stranger) {

    /** The times of RFC 5321. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(3), 100, Duration.ofMinutes(10));

    /** Checks the spans. */
    public Timeouts {
        notNegative("greeting-delay", greetingDelay);
        positive("command", command);
        positive("data-block", dataBlock);
        positive("stranger", stranger);
        if (minimumRate < 0) {
            throw new IllegalArgumentException("minimum-rate: expected 0 or more octets/s, found " + minimumRate);
        }
    }

    private static void notNegative(String key, Duration span) {
        if (span.isNegative()) {
            throw new IllegalArgumentException(key + ": expected 0s or more, found " + span);
        }
    }

    private static void positive(String key, Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(key + ": expected more than 0s, found " + span);
        }
    }
}
