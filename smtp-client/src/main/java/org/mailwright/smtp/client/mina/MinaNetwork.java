package org.mailwright.smtp.client.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.transport.mina.IoLoops;
import org.mailwright.smtp.transport.mina.LoopConfig;
import org.mailwright.smtp.transport.mina.MinaConnector;

/**
 * Connections by Apache MINA.
 *
 * @since 0.1.0
 */
public final class MinaNetwork implements Connector {

    private final IoLoops loops;
    private final boolean own;
    private final MinaConnector connector;

    /** Makes one with the usual I/O threads, its own, which end with it. */
    public MinaNetwork() {
        this(LoopConfig.DEFAULTS);
    }

    /** Makes one with I/O threads of its own, which end with it. */
    public MinaNetwork(LoopConfig config) {
        this(new IoLoops(config), true);
    }

    /** Makes one on these I/O threads, which others may use too, and which it does not end. */
    public MinaNetwork(IoLoops loops) {
        this(loops, false);
    }

    private MinaNetwork(IoLoops loops, boolean own) {
        this.loops = loops;
        this.own = own;
        this.connector = new MinaConnector(loops);
    }

    @Override
    public void connect(
            InetSocketAddress remote,
            Optional<InetSocketAddress> local,
            Duration timeout,
            Conversation conversation,
            Consumer<IOException> failed) {
        connector.connect(new MinaConnector.Target(remote, local, timeout), conversation, failed);
    }

    @Override
    public void close() {
        connector.close();
        if (own) {
            loops.close();
        }
    }
}
