package org.mailwright.smtp.gateway.bsmtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Where batches are written, and what their readers understand: nobody can ask them.
 *
 * @param folder where the files appear; must be there, on a medium that can rename within it
 * @param hostname this host's name, in EHLO
 * @param gather how long a file collects mails of one destination before it appears; zero: each mail has a file of its
 *     own. Deliveries wait for that, so it bounds how many one connection of the queue delivers
 * @param agreed extensions that the readers are known to have
 * @since 0.1.0
 */
public record BatchConfig(Path folder, String hostname, Duration gather, Set<Keyword> agreed) {

    /** Extensions that change what MAIL says. */
    public enum Keyword {
        /** RFC 1870. */
        SIZE,
        /** RFC 6152: without it, content beyond US-ASCII is written all the same, but not announced. */
        EIGHT_BIT_MIME,
        /** RFC 6531: without it, addresses beyond US-ASCII are refused. */
        SMTPUTF8
    }

    /** Checks the values. */
    public BatchConfig {
        agreed = Set.copyOf(agreed);
        if (!hostname.matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException("hostname: expected a domain or an address literal, found " + hostname);
        }
        if (gather.isNegative() || gather.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("gather: expected 0s to 1m, found " + gather);
        }
    }

    /** Returns a configuration with a file for each mail, for readers that have 8BITMIME and SIZE. */
    public static BatchConfig of(Path folder, String hostname) {
        return new BatchConfig(folder, hostname, Duration.ZERO, Set.of(Keyword.SIZE, Keyword.EIGHT_BIT_MIME));
    }

    /** Returns the same with files that collect mails. */
    public BatchConfig withGather(Duration time) {
        return new BatchConfig(folder, hostname, time, agreed);
    }

    /** Returns the same for readers that have these. */
    public BatchConfig withAgreed(Set<Keyword> keywords) {
        return new BatchConfig(folder, hostname, gather, keywords);
    }
}
