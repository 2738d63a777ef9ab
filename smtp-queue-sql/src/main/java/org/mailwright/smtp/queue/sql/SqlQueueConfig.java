package org.mailwright.smtp.queue.sql;

import java.nio.file.Path;
import java.time.Duration;
import org.mailwright.smtp.queue.sql.journal.JournalConfig;

/**
 * Where an {@link SqlMailQueue} lies, and how it works.
 *
 * @param folder everything of the queue: the index, the journal, large contents; for one process alone
 * @param journal how the journal uses its files
 * @param inline octets up to which a content lies in the journal; larger ones are files of their own
 * @param lease how long a lane is leased without a renewal
 * @param gather how long records of the journal gather before the index takes them, 0 to 1 s; where many come in and
 *     each change of the index takes long, up to 50 ms
 * @param reserve octets of the medium that stay free: with less no mail is taken
 * @since 0.1.0
 */
public record SqlQueueConfig(
        Path folder, JournalConfig journal, int inline, Duration lease, Duration gather, long reserve) {

    /** Checks the values. */
    public SqlQueueConfig {
        if (inline < 1024 || inline > 1 << 20) {
            throw new IllegalArgumentException("inline must be 1 KiB to 1 MiB, not " + inline);
        }
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("lease must be more than 0, not " + lease);
        }
        if (gather.isNegative() || gather.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("gather must be 0 to 1 s, not " + gather);
        }
        if (reserve < 0) {
            throw new IllegalArgumentException("reserve must not be negative: " + reserve);
        }
    }

    /** Returns a queue in a folder: contents up to 32 KiB in the journal, leases of 60 s, 10 ms, 64 MiB kept free. */
    public static SqlQueueConfig in(Path folder) {
        return new SqlQueueConfig(
                folder, JournalConfig.DEFAULTS, 32 << 10, Duration.ofSeconds(60), Duration.ofMillis(10), 64L << 20);
    }
}
