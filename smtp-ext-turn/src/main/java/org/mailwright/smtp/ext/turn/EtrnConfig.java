package org.mailwright.smtp.ext.turn;

import java.time.Duration;

/**
 * Who may ask by ETRN, and how often.
 *
 * @param requireAuth whether only users may ask; strangers get 530
 * @param interval how long after a flush the same node is refused (458); zero: never
 * @since 0.1.0
 */
public record EtrnConfig(boolean requireAuth, Duration interval) {

    /** Anyone may ask, once a minute for each node. */
    public static final EtrnConfig DEFAULT = new EtrnConfig(false, Duration.ofMinutes(1));

    /** Checks the values. */
    public EtrnConfig {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval must not be negative: " + interval);
        }
    }
}
