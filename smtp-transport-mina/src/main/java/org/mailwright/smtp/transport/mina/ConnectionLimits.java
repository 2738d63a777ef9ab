package org.mailwright.smtp.transport.mina;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An {@link Admission} that limits the connections in all and those of one client. A client is an IPv4 address or the
 * /64 network of an IPv6 address. Keeps one entry per client that is connected, so its memory is bounded by the limit
 * in all. One object may serve several listeners.
 *
 * @since 0.1.0
 */
public final class ConnectionLimits implements Admission {
    private final int total;
    private final int perClient;
    private final byte[] refusal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Client, Integer> clients = new HashMap<>();
    private int open;

    /**
     * Makes one without connections.
     *
     * @param total most connections in all, at least 1
     * @param perClient most connections of one client, at least 1
     * @param refusal what a client hears that is not admitted, with its CRLF
     */
    public ConnectionLimits(int total, int perClient, byte[] refusal) {
        if (total < 1 || perClient < 1) {
            throw new IllegalArgumentException(
                    "limits of connections must be at least 1, not " + total + " and " + perClient);
        }
        this.total = total;
        this.perClient = perClient;
        this.refusal = refusal.clone();
    }

    /** The octets of an IPv4 address or of the first half of an IPv6 address. */
    private record Client(int length, long octets) {
        static Client of(SocketAddress address) {
            if (!(address instanceof InetSocketAddress inet)) {
                return new Client(0, 0);
            }
            byte[] all = inet.getAddress().getAddress();
            long octets = 0;
            for (int i = 0; i < Math.min(all.length, Long.BYTES); i++) {
                octets = (octets << Byte.SIZE) | (all[i] & 0xFF);
            }
            return new Client(all.length, octets);
        }
    }

    @Override
    public Optional<byte[]> refusal(SocketAddress remote) {
        Client client = Client.of(remote);
        lock.lock();
        try {
            int already = clients.getOrDefault(client, 0);
            if (open >= total || already >= perClient) {
                return Optional.of(refusal.clone());
            }
            open++;
            clients.put(client, already + 1);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(SocketAddress remote) {
        Client client = Client.of(remote);
        lock.lock();
        try {
            Integer count = clients.remove(client);
            if (count == null) {
                throw new IllegalStateException("more connections ended than were admitted");
            }
            if (count > 1) {
                clients.put(client, count - 1);
            }
            open--;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of connections now. */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }
}
