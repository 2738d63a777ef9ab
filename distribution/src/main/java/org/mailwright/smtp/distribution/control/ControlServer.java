package org.mailwright.smtp.distribution.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers an operator on this machine over a Unix domain socket, which only the server's own user opens.
 *
 * @since 0.1.0
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ControlSocket socket;
    private final ControlConfig config;
    private final Answers answers;
    private final Alarms alarms = new Alarms();
    private final Semaphore room;
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();

    private ControlServer(ControlSocket socket, ControlConfig config, Answers answers) {
        this.socket = socket;
        this.config = config;
        this.answers = answers;
        this.room = new Semaphore(config.connections());
    }

    /** Returns where the socket of a server lies. */
    public static Path socket(Path data) {
        return data.resolve("control.sock");
    }

    /** Listens, with {@link ControlConfig#DEFAULTS}. */
    public static ControlServer start(Path file, Controlled controlled) throws IOException {
        return start(file, controlled, ControlConfig.DEFAULTS);
    }

    /**
     * Listens.
     *
     * @param file the socket, see {@link #socket}
     * @throws java.net.BindException when a server that lives has it
     * @throws IOException when it cannot be made, such as for a path that is too long for the system
     */
    public static ControlServer start(Path file, Controlled controlled, ControlConfig config) throws IOException {
        ControlServer server = new ControlServer(ControlSocket.open(file), config, new Answers(controlled));
        Thread.ofVirtual().name("control").start(server::accept);
        return server;
    }

    private void accept() {
        while (socket.channel().isOpen()) {
            try {
                accepted(socket.channel().accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("no connection can be accepted at {}", socket.file(), e);
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void accepted(SocketChannel channel) {
        boolean served = room.tryAcquire();
        Duration stall = served ? config.stall() : FAREWELL;
        Wire wire = new Wire(channel, alarms, Request.LONGEST, config.request(), stall);
        open.add(wire);
        if (!socket.channel().isOpen()) {
            end(wire); // closed between its acceptance and now
        }
        Thread.ofVirtual().name("control").start(() -> {
            try {
                if (served) {
                    converse(wire);
                } else {
                    Answers.refuse(
                            wire,
                            ControlException.Kind.BUSY,
                            config.connections() + " ask at the same time already; try again later");
                }
            } catch (IOException e) {
                LOG.debug("an operator's connection ended: {}", e.toString());
            } catch (RuntimeException e) {
                LOG.error("an operator's request failed", e);
            } finally {
                if (served) {
                    room.release();
                }
                end(wire);
            }
        });
    }

    private void converse(Wire wire) throws IOException {
        for (Optional<String> line = wire.read(); line.isPresent(); line = wire.read()) {
            answers.answer(line.get(), wire);
        }
    }

    private void end(Wire wire) {
        open.remove(wire);
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    /** Ends: open connections are closed, and the socket is removed. */
    @Override
    public void close() throws IOException {
        socket.close();
        open.forEach(this::end);
        alarms.close();
    }
}
