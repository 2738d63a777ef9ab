package org.mailwright.smtp.ext.schedule;

import java.time.Duration;

/**
 * The configuration of DELIVERBY.
 *
 * @param least the shortest time in which a mail is delivered or sent back, in whole seconds; zero promises nothing
 * @since 0.1.0
 */
public record DeliverByConfig(Duration least) {

    /** Takes any time. */
    public static final DeliverByConfig DEFAULT = new DeliverByConfig(Duration.ZERO);

    /** Checks the time. */
    public DeliverByConfig {
        if (least.isNegative() || least.toSeconds() > 999_999_999) {
            throw new IllegalArgumentException("least: expected 0 to 999999999 seconds, found " + least);
        }
    }
}
