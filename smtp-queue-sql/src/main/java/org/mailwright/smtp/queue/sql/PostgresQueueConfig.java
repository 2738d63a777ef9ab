package org.mailwright.smtp.queue.sql;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Where a {@link PostgresMailQueue} lies, and how it works. Its text form has no password.
 *
 * @param url what the driver connects to, such as {@code jdbc:postgresql://db.example.net/mail}; its parameters, as for
 *     TLS or several hosts, are those of the driver, a password among them is refused
 * @param user who connects
 * @param password asked for at each connection, so that it can change; empty when the server wants none
 * @param inline octets up to which a content lies in the row of its mail; larger ones lie in rows of that size, and no
 *     mail that comes in takes more memory
 * @param lease how long a lane is leased without a renewal
 * @param statement how long one statement may take
 * @param patience how long what waits for a commit goes on waiting when the connection breaks
 * @since 0.1.0
 */
public record PostgresQueueConfig(
        String url,
        String user,
        Supplier<String> password,
        int inline,
        Duration lease,
        Duration statement,
        Duration patience) {

    private static final String SCHEME = "jdbc:postgresql:";

    /** Checks the values. */
    public PostgresQueueConfig {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("url must begin with " + SCHEME);
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.contains("@")) {
            throw new IllegalArgumentException("url must not have a password: it would be seen in logs");
        }
        if (inline < 1024 || inline > 1 << 20) {
            throw new IllegalArgumentException("inline must be 1 KiB to 1 MiB, not " + inline);
        }
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("lease must be more than 0, not " + lease);
        }
        if (statement.compareTo(Duration.ofMillis(100)) < 0 || statement.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("statement must be 100 ms to 1 h, not " + statement);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative: " + patience);
        }
    }

    /** Returns a queue in a database: contents up to 128 KiB in their row, leases of 60 s, 5 s and 5 s. */
    public static PostgresQueueConfig of(String url, String user, Supplier<String> password) {
        return new PostgresQueueConfig(
                url, user, password, 128 << 10, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    /** Returns the same with another lease. */
    public PostgresQueueConfig withLease(Duration other) {
        return new PostgresQueueConfig(url, user, password, inline, other, statement, patience);
    }

    /** Returns the address without its parameters. */
    String place() {
        int at = url.indexOf('?');
        return at < 0 ? url : url.substring(0, at);
    }

    @Override
    public String toString() {
        return "PostgresQueueConfig[" + place() + ", user=" + user + ", inline=" + inline + ", lease=" + lease
                + ", statement=" + statement + ", patience=" + patience + "]";
    }
}
