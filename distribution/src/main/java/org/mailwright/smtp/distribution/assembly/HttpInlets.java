package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places where mail comes in by HTTP; most servers have none, and then none of its classes are read.
 *
 * @since 0.1.0
 */
public final class HttpInlets implements AutoCloseable {
    private final List<HttpParts> parts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<HttpParts, HttpParts.Open> open = new LinkedHashMap<>();
    private final Set<HttpParts> fresh = new HashSet<>();

    HttpInlets(List<HttpParts> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when an address cannot be bound, naming it; nothing listens then
     */
    public void start() throws IOException {
        open(new HttpInlets(List.of()));
    }

    /**
     * Begins to listen where those of the server before do not.
     *
     * @throws IOException when an address cannot be bound, naming it; then nothing has changed
     */
    public void open(HttpInlets before) throws IOException {
        lock.lock();
        try {
            for (HttpParts one : parts) {
                if (before.open.keySet().stream().noneMatch(one::continues)) {
                    open.put(one, one.open());
                    fresh.add(one);
                }
            }
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over from those of the server before, which is at its end then. */
    public void succeed(HttpInlets before) {
        lock.lock();
        try {
            Map<HttpParts, HttpParts.Open> left = new HashMap<>(before.open);
            before.open.clear();
            for (HttpParts one : parts) {
                left.keySet().stream()
                        .filter(one::continues)
                        .findFirst()
                        .flatMap(same -> Optional.ofNullable(left.remove(same)))
                        .ifPresent(listening -> {
                            one.become(listening);
                            open.put(one, listening);
                        });
            }
            left.values().forEach(gone -> Thread.startVirtualThread(gone::close));
            fresh.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Ends those again that {@link #open} has opened. */
    public void abandon() {
        lock.lock();
        try {
            fresh.forEach(one -> Optional.ofNullable(open.remove(one)).ifPresent(HttpParts.Open::close));
            fresh.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns where each listens, by name. */
    public Map<String, InetSocketAddress> addresses() {
        lock.lock();
        try {
            Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
            open.forEach((one, listening) -> addresses.put(one.name(), listening.address()));
            return addresses;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more mail, and ends; what is with the queue finishes. */
    @Override
    public void close() {
        lock.lock();
        try {
            List<HttpParts.Open> all = new ArrayList<>(open.values());
            open.clear();
            all.forEach(HttpParts.Open::close);
        } finally {
            lock.unlock();
        }
    }
}
