package org.mailwright.smtp.mailbox.mbox;

import java.time.Duration;

/**
 * How mbox files are locked.
 *
 * @param lockTimeout how long a mail waits for the lock of a mailbox; then it is tried again later
 * @param staleAfter age at which the lock file of a program that may be gone is removed
 * @since 0.1.0
 */
public record MboxConfig(Duration lockTimeout, Duration staleAfter) {
    /** Waits 10 seconds; a lock file is stale after 2 minutes, as Dovecot has it. */
    public static final MboxConfig DEFAULTS = new MboxConfig(Duration.ofSeconds(10), Duration.ofMinutes(2));

    /** Checks the values. */
    public MboxConfig {
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("lockTimeout must not be negative: " + lockTimeout);
        }
        if (!staleAfter.isPositive()) {
            throw new IllegalArgumentException("staleAfter must be more than 0, not " + staleAfter);
        }
    }
}
