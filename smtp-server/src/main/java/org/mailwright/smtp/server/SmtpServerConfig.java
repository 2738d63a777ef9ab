package org.mailwright.smtp.server;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.server.trace.TraceFields;

/**
 * What a server is made of, apart from code.
 *
 * @param listeners at least one, each with a name of its own
 * @param ioThreads threads that move octets, at least 1; half the processors are a good number
 * @param connections most connections at a time, of all listeners; one more gets 421 4.3.2
 * @param connectionsPerClient most connections of one client address (IPv6: /64) at a time
 * @param hops Received fields that a mail may bring, at least 1; one with more gets 554 5.4.6 (RFC 5321 §6.3: at least
 *     100)
 * @param stopTimeout how long mails in flight may take to finish when the server stops
 * @since 0.1.0
 */
public record SmtpServerConfig(
        List<SmtpListener> listeners,
        int ioThreads,
        int connections,
        int connectionsPerClient,
        int hops,
        Duration stopTimeout) {

    /** Half the processors, at least one. */
    public static final int DEFAULT_IO_THREADS =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Connections of all listeners. */
    public static final int DEFAULT_CONNECTIONS = 20_000;

    /** Time to finish. */
    public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(20);

    /** Checks the values. */
    public SmtpServerConfig {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("listener: expected at least one");
        }
        Set<String> names = new HashSet<>();
        for (SmtpListener listener : listeners) {
            if (!names.add(listener.profile().name())) {
                throw new IllegalArgumentException(
                        "listener: the name " + listener.profile().name() + " is given twice");
            }
        }
        atLeastOne("io-threads", ioThreads);
        atLeastOne("connections", connections);
        atLeastOne("connections-per-client", connectionsPerClient);
        atLeastOne("hops", hops);
        if (stopTimeout.isNegative()) {
            throw new IllegalArgumentException("stop: expected 0s or more, found " + stopTimeout);
        }
    }

    /** Returns a configuration with default bounds. */
    public static SmtpServerConfig of(SmtpListener... listeners) {
        return new SmtpServerConfig(
                List.of(listeners),
                DEFAULT_IO_THREADS,
                DEFAULT_CONNECTIONS,
                DEFAULT_CONNECTIONS,
                TraceFields.DEFAULT_HOPS,
                DEFAULT_STOP_TIMEOUT);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": expected 1 or more, found " + value);
        }
    }
}
