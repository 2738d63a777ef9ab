package org.mailwright.smtp.gateway.http;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where an {@link HttpInlet} listens, and its bounds.
 *
 * @param address where it listens; port 0 takes a free one
 * @param size most octets of a mail
 * @param time how long a request may take until its body is whole, waiting for its turn included
 * @param requests most requests that are served at the same time; further ones wait
 * @param folder where large mails are kept while they arrive
 * @param credentialsInClear whether it may ask for passwords without TLS at an address that others can reach
 * @since 0.1.0
 */
public record HttpInletConfig(
        InetSocketAddress address, long size, Duration time, int requests, Path folder, boolean credentialsInClear) {

    /** Checks the values. */
    public HttpInletConfig {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address: " + address + " is not known");
        }
        if (size < 1) {
            throw new IllegalArgumentException("size: expected at least 1 octet, found " + size);
        }
        if (!time.isPositive()) {
            throw new IllegalArgumentException("time: expected more than 0s, found " + time);
        }
        if (requests < 1) {
            throw new IllegalArgumentException("requests: expected at least 1, found " + requests);
        }
    }

    /**
     * Returns a configuration with defaults: 25 MiB, a minute, 64 requests, the temporary folder, no passwords in
     * clear.
     */
    public static HttpInletConfig at(InetSocketAddress address) {
        return new HttpInletConfig(
                address,
                25L << 20,
                Duration.ofMinutes(1),
                64,
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                false);
    }

    /** Returns the same with other bounds. */
    public HttpInletConfig withBounds(long octets, Duration perRequest, int atOnce) {
        return new HttpInletConfig(address, octets, perRequest, atOnce, folder, credentialsInClear);
    }

    /** Returns the same with another folder for large mails. */
    public HttpInletConfig withFolder(Path other) {
        return new HttpInletConfig(address, size, time, requests, other, credentialsInClear);
    }
}
