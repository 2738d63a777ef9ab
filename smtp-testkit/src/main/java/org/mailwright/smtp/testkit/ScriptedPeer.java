package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free port of the loopback interface that does what a {@link PeerScript} says: stalls, closes, resets,
 * talks garbage, or answers any code at any moment. It keeps what it is told.
 *
 * <pre>{@code
 * try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("PIPELINING").on("RCPT#2", "550 5.1.1 no"))) {
 *     client.send(ServerAddress.of("127.0.0.1", peer.port()), mail);
 *     assertEquals(2, peer.lines().stream().filter(line -> line.startsWith("RCPT")).count());
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ScriptedPeer implements AutoCloseable {

    private final ServerSocket listener;
    private final Queue<PeerScript> scripts;
    private final PeerScript last;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<byte[]> contents = new CopyOnWriteArrayList<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedPeer(List<PeerScript> scripts) throws IOException {
        this.scripts = new ConcurrentLinkedQueue<>(scripts);
        this.last = scripts.get(scripts.size() - 1);
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    /**
     * Begins to listen.
     *
     * @param first what the first connection gets
     * @param more what the next ones get; the last one is for all that follow
     */
    public static ScriptedPeer start(PeerScript first, PeerScript... more) throws IOException {
        List<PeerScript> all = new CopyOnWriteArrayList<>(more);
        all.add(0, first);
        ScriptedPeer peer = new ScriptedPeer(all);
        Thread.ofVirtual().name("scripted-peer").start(peer::accept);
        return peer;
    }

    /** Returns the port on which it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the lines that it was told, of all connections in the order of their coming, without line ends. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the contents that it took, as they were on the wire: dots stuffed, without the last line. */
    public List<byte[]> contents() {
        return List.copyOf(contents);
    }

    /** Returns how many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                PeerScript next = scripts.poll();
                PeerScript script = next == null ? last : next;
                Thread.ofVirtual().name("scripted-peer").start(() -> talk(script, socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void talk(PeerScript script, Socket socket) {
        try (socket) {
            new PeerDialogue(script, this, socket).run();
        } catch (IOException e) {
            heard("(" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void heard(String line) {
        lines.add(line);
    }

    void taken(byte[] content) {
        contents.add(content);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits so long, or until it is closed; true when it is closed. */
    boolean awaitClosed(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
