package org.mailwright.smtp.client.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailwright.smtp.core.transport.Conversation;

/**
 * Makes connections.
 *
 * @since 0.1.0
 */
public interface Connector extends AutoCloseable {

    /**
     * Connects. Ends with {@link Conversation#opened} or with the callback; returns at once. May be called from any
     * thread.
     *
     * @param remote address and port, resolved
     * @param local the address to connect from; empty for the system's choice
     * @param timeout how long connecting may take
     * @param conversation what is said
     * @param failed told why there is no connection; the message names the address
     */
    void connect(
            InetSocketAddress remote,
            Optional<InetSocketAddress> local,
            Duration timeout,
            Conversation conversation,
            Consumer<IOException> failed);

    /** Cuts every connection that is left. */
    @Override
    void close();
}
