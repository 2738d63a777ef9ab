package org.mailwright.smtp.core.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLEngine;

/**
 * How a connection is secured: makes the TLS engine, client or server side, for one connection.
 *
 * @since 0.1.0
 */
public interface TlsPolicy {

    /**
     * Makes an engine that is configured completely and has not begun its handshake. Does not block.
     *
     * @param remote the peer's address, for logging and session caching; never looked up in the DNS
     * @throws IOException when no TLS is available now (no key, say)
     */
    SSLEngine newEngine(SocketAddress remote) throws IOException;

    /** Returns how long the whole handshake may take; the connection is closed after that. */
    default Duration handshakeTimeout() {
        return Duration.ofSeconds(30);
    }

    /**
     * Describes the session of an engine of this policy whose handshake has ended.
     *
     * @param engine made by {@link #newEngine}
     * @throws IOException when the policy does not accept what was agreed; the connection is closed then
     */
    TlsSession describe(SSLEngine engine) throws IOException;
}
