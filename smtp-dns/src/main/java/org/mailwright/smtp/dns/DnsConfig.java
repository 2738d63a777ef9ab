package org.mailwright.smtp.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How {@link ResolverDns} asks.
 *
 * @param servers name servers, asked in turn; none: those of the system
 * @param timeout how long one question to one server may take
 * @param attempts questions to each server, at least 1
 * @param cacheEntries answers that are remembered, positive and negative, at least 1
 * @param longestTtl how long an answer is remembered at most; whole seconds
 * @param trustAd whether the servers are believed when they say that DNSSEC proves an answer (the AD bit): right for
 *     servers that validate, and to which nobody stands in the way, as on this host (RFC 4035 section 4.9.3)
 * @since 0.1.0
 */
public record DnsConfig(
        List<InetSocketAddress> servers,
        Duration timeout,
        int attempts,
        int cacheEntries,
        Duration longestTtl,
        boolean trustAd) {

    /** The servers of the system, 5 seconds, 2 attempts, 10,000 answers for at most an hour; not believed. */
    public static final DnsConfig DEFAULTS =
            new DnsConfig(List.of(), Duration.ofSeconds(5), 2, 10_000, Duration.ofHours(1), false);

    /** Checks the values and copies the list. */
    public DnsConfig {
        servers = List.copyOf(servers);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be more than 0, not " + timeout);
        }
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts must be 1 to 10, not " + attempts);
        }
        if (cacheEntries < 1) {
            throw new IllegalArgumentException("cacheEntries must be at least 1, not " + cacheEntries);
        }
        if (longestTtl.isNegative() || longestTtl.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("longestTtl must be 0 to 7 days, not " + longestTtl);
        }
    }

    /** Returns the same with other servers. */
    public DnsConfig withServers(List<InetSocketAddress> asked) {
        return new DnsConfig(asked, timeout, attempts, cacheEntries, longestTtl, trustAd);
    }

    /** Returns the same with another time for a question. */
    public DnsConfig withTimeout(Duration time) {
        return new DnsConfig(servers, time, attempts, cacheEntries, longestTtl, trustAd);
    }

    /** Returns the same with servers that are believed what DNSSEC proves, or not. */
    public DnsConfig withTrustAd(boolean believed) {
        return new DnsConfig(servers, timeout, attempts, cacheEntries, longestTtl, believed);
    }
}
