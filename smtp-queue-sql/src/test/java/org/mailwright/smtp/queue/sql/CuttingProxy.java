package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a node and PostgreSQL, and cuts the connection at the next COMMIT. */
final class CuttingProxy implements AutoCloseable {

    /** When it cuts. */
    enum Cut {
        /** It does not. */
        NOT,
        /** The server never hears of the commit. */
        BEFORE,
        /** The server commits, and the node never hears of that. */
        AFTER
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NOT);
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    CuttingProxy(int server) throws IOException {
        this.server = server;
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void cut(Cut when) {
        next.set(when);
    }

    /** Cuts after the next COMMIT, and lets nobody in again. */
    void cutAndEnd() {
        ending.set(true);
        cut(Cut.AFTER);
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket node = listening.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(node);
                open.add(database);
                AtomicReference<Cut> cutting = new AtomicReference<>(Cut.NOT);
                Thread.startVirtualThread(() -> forward(node, database, cutting, true));
                Thread.startVirtualThread(() -> forward(database, node, cutting, false));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void forward(Socket from, Socket to, AtomicReference<Cut> cutting, boolean asking) {
        byte[] some = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                boolean commit = asking && new String(some, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (commit) {
                    cutting.set(next.getAndSet(Cut.NOT));
                    cuts.addAndGet(cutting.get() == Cut.NOT ? 0 : 1);
                }
                boolean swallow = asking ? cutting.get() == Cut.BEFORE : cutting.get() == Cut.AFTER;
                if (swallow) {
                    if (ending.get()) {
                        close();
                    }
                    return;
                }
                to.getOutputStream().write(some, 0, count);
            }
        } catch (IOException e) {
            cutting.set(Cut.NOT);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
