package org.mailwright.smtp.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.core.client.ClientConfig;

/**
 * How an {@link SmtpClient} connects and how many connections it keeps.
 *
 * @param dialogue what is said, and how long answers may take
 * @param connectTimeout how long connecting to one address may take
 * @param local the address to connect from; empty for the system's choice
 * @param connections most connections to one server, at least 1
 * @param lookAheadFrom from so many busy connections on, a mail waits behind another rather than for a connection of
 *     its own, as long as no more wait than these are, and for half a second to a second at most. Where the server
 *     offers PIPELINING (RFC 2920), it begins together with the end of the one before, which saves a round trip of
 *     each. At least 1
 * @param mailsPerConnection mails after which a connection says QUIT, at least 1
 * @param waiting most mails that wait for a connection to one server; further ones fail at once
 * @param closeTimeout how long {@link SmtpClient#close} lets mails that are under way finish
 * @since 0.1.0
 */
public record SmtpClientConfig(
        ClientConfig dialogue,
        Duration connectTimeout,
        Optional<InetSocketAddress> local,
        int connections,
        int lookAheadFrom,
        int mailsPerConnection,
        int waiting,
        Duration closeTimeout) {

    /**
     * 30 seconds to connect, 10 connections to a server, one for each mail under way, 1000 mails on each, 100,000
     * waiting, 10 seconds to close.
     */
    public static final SmtpClientConfig DEFAULTS = new SmtpClientConfig(
            ClientConfig.DEFAULTS,
            Duration.ofSeconds(30),
            Optional.empty(),
            10,
            Integer.MAX_VALUE,
            1000,
            100_000,
            Duration.ofSeconds(10));

    /** Checks the values. */
    public SmtpClientConfig {
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("connectTimeout must be more than 0, not " + connectTimeout);
        }
        atLeastOne("connections", connections);
        atLeastOne("lookAheadFrom", lookAheadFrom);
        atLeastOne("mailsPerConnection", mailsPerConnection);
        atLeastOne("waiting", waiting);
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("closeTimeout must not be negative: " + closeTimeout);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }

    /** Returns the same with another dialogue. */
    public SmtpClientConfig withDialogue(ClientConfig changed) {
        return new SmtpClientConfig(
                changed, connectTimeout, local, connections, lookAheadFrom, mailsPerConnection, waiting, closeTimeout);
    }

    /** Returns the same with another number of connections to one server. */
    public SmtpClientConfig withConnections(int most) {
        return new SmtpClientConfig(
                dialogue, connectTimeout, local, most, lookAheadFrom, mailsPerConnection, waiting, closeTimeout);
    }

    /** Returns the same with mails that wait behind others from so many busy connections on. */
    public SmtpClientConfig withLookAheadFrom(int busy) {
        return new SmtpClientConfig(
                dialogue, connectTimeout, local, connections, busy, mailsPerConnection, waiting, closeTimeout);
    }

    /** Returns the same with another number of mails on one connection. */
    public SmtpClientConfig withMailsPerConnection(int most) {
        return new SmtpClientConfig(
                dialogue, connectTimeout, local, connections, lookAheadFrom, most, waiting, closeTimeout);
    }

    /** Returns the same with another time to connect. */
    public SmtpClientConfig withConnectTimeout(Duration time) {
        return new SmtpClientConfig(
                dialogue, time, local, connections, lookAheadFrom, mailsPerConnection, waiting, closeTimeout);
    }

    /** Returns the same with another bound for mails that wait. */
    public SmtpClientConfig withWaiting(int most) {
        return new SmtpClientConfig(
                dialogue, connectTimeout, local, connections, lookAheadFrom, mailsPerConnection, most, closeTimeout);
    }
}
