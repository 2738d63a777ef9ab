package org.mailwright.smtp.ext.burl;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where content is fetched, and how much of it. Nothing is ever fetched from elsewhere.
 *
 * @param servers by the host, or host and port, that stands in URLs
 * @param largest octets of one piece of content
 * @param timeout how long one may take, from the connection to its last octet
 * @since 0.1.0
 */
public record BurlConfig(Map<String, ImapServer> servers, long largest, Duration timeout) {

    /** From nowhere; up to 50 MiB, in two minutes. */
    public static final BurlConfig DEFAULT = new BurlConfig(Map.of(), 50L << 20, Duration.ofMinutes(2));

    /** Makes the names lower case, and checks the bounds. */
    public BurlConfig {
        Map<String, ImapServer> known = new TreeMap<>();
        servers.forEach((name, server) -> known.put(name.toLowerCase(Locale.ROOT), server));
        servers = Map.copyOf(known);
        if (largest < 1) {
            throw new IllegalArgumentException("largest: expected 1 octet or more, found " + largest);
        }
        if (!timeout.isPositive() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("timeout: expected up to 1h, found " + timeout);
        }
    }

    /** Returns a copy with one more server. */
    public BurlConfig with(String name, ImapServer server) {
        Map<String, ImapServer> more = new TreeMap<>(servers);
        more.put(name, server);
        return new BurlConfig(more, largest, timeout);
    }

    /** Returns a copy with another bound. */
    public BurlConfig withLargest(long octets) {
        return new BurlConfig(servers, octets, timeout);
    }

    /** Returns a copy with another time. */
    public BurlConfig withTimeout(Duration time) {
        return new BurlConfig(servers, largest, time);
    }
}
