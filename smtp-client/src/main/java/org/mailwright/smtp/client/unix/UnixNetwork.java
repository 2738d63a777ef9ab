package org.mailwright.smtp.client.unix;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.transport.StreamTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to one server on this machine by its Unix socket, whatever address they are asked for: two virtual
 * threads each, no TLS.
 *
 * <pre>{@code
 * SmtpClient client = SmtpClient.builder("me.example.org").lmtp().connector(new UnixNetwork(path)).build();
 * client.send(ServerAddress.of("127.0.0.1", 24), mail);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class UnixNetwork implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(UnixNetwork.class);
    private static final int WRITE_LIMIT = 256 * 1024;

    private final Path socket;
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Makes one that connects to this socket. */
    public UnixNetwork(Path socket) {
        this.socket = socket;
    }

    @Override
    public void connect(
            InetSocketAddress remote,
            Optional<InetSocketAddress> local,
            Duration timeout,
            Conversation conversation,
            Consumer<IOException> failed) {
        Thread.ofVirtual().name("smtp-unix").start(() -> {
            try {
                SocketChannel channel = open(timeout);
                talk(channel, new MemoryTransport.Options(remote, remote, false, WRITE_LIMIT), conversation);
            } catch (IOException e) {
                failed.accept(new IOException("Cannot connect to " + socket + ": " + e.getMessage(), e));
            }
        });
    }

    private SocketChannel open(Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channels.add(channel);
        AtomicInteger first = new AtomicInteger(); // 0: nothing yet, 1: connected, 2: too late
        Executor later = CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                () -> {
                    if (first.compareAndSet(0, 2)) {
                        cut(channel);
                    }
                },
                later);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            if (closed || !first.compareAndSet(0, 1)) {
                String late = "no answer within " + timeout.toSeconds() + " s";
                throw new IOException(closed ? "the network is closed" : late);
            }
            return channel;
        } catch (IOException e) {
            cut(channel);
            throw first.get() == 2 ? new IOException("no answer within " + timeout.toSeconds() + " s", e) : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private void talk(SocketChannel channel, MemoryTransport.Options options, Conversation conversation) {
        try {
            new StreamTransport(Channels.newInputStream(channel), Channels.newOutputStream(channel), options)
                    .run(conversation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the conversation knows
        } finally {
            cut(channel);
        }
    }

    private void cut(SocketChannel channel) {
        channels.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a connection to {} did not close well", socket, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        channels.forEach(this::cut);
    }
}
