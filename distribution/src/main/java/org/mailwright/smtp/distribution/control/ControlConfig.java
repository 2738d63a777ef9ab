package org.mailwright.smtp.distribution.control;

import java.time.Duration;

/**
 * What one operator's connection may use.
 *
 * @param connections most at the same time
 * @param request longest time to the next whole request
 * @param stall longest time in which a client takes nothing of its answer; a person may be reading it in a pager
 * @since 0.1.0
 */
public record ControlConfig(int connections, Duration request, Duration stall) {

    /** 16 connections, 10 s, 10 min. */
    public static final ControlConfig DEFAULTS = new ControlConfig(16, Duration.ofSeconds(10), Duration.ofMinutes(10));

    /** Checks the values. */
    public ControlConfig {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1, not " + connections);
        }
        if (!request.isPositive() || !stall.isPositive()) {
            throw new IllegalArgumentException("times must be more than 0, not " + request + " and " + stall);
        }
    }
}
