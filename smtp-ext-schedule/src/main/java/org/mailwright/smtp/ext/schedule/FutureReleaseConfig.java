package org.mailwright.smtp.ext.schedule;

import java.time.Duration;

/**
 * The configuration of FUTURERELEASE.
 *
 * @param longest how long a mail can be held, in whole seconds, 1 to 999999999; less than a queue keeps mail
 * @since 0.1.0
 */
public record FutureReleaseConfig(Duration longest) {

    /** 30 days. */
    public static final FutureReleaseConfig DEFAULT = new FutureReleaseConfig(Duration.ofDays(30));

    /** Checks the time. */
    public FutureReleaseConfig {
        if (longest.toSeconds() < 1 || longest.toSeconds() > 999_999_999) {
            throw new IllegalArgumentException("longest: expected 1 to 999999999 seconds, found " + longest);
        }
    }
}
