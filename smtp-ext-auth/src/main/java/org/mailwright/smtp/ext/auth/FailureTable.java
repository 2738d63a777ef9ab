package org.mailwright.smtp.ext.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the failures of client addresses over all their connections; its memory is bounded. */
final class FailureTable {

    private static final int NETWORK_OCTETS = 8;

    private record Window(Instant since, int failures) {}

    private final FailureLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, Window> windows = new LinkedHashMap<>();

    FailureTable(FailureLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether an address has used up its failures. */
    boolean exhausted(SocketAddress client) {
        Optional<ByteBuffer> key = key(client);
        if (key.isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            Window window = windows.get(key.get());
            return window != null && current(window) && window.failures() >= limits.perAddress();
        } finally {
            lock.unlock();
        }
    }

    /** Notes a failure. */
    void failed(SocketAddress client) {
        Optional<ByteBuffer> key = key(client);
        if (key.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            Window window = windows.get(key.get());
            if (window != null && current(window)) {
                windows.put(key.get(), new Window(window.since(), window.failures() + 1));
            } else {
                windows.remove(key.get());
                windows.put(key.get(), new Window(clock.instant(), 1));
                forgetTheOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many addresses are remembered. */
    int size() {
        lock.lock();
        try {
            return windows.size();
        } finally {
            lock.unlock();
        }
    }

    /** New windows are put at the end, so the first is the oldest. */
    private void forgetTheOldest() {
        Iterator<Window> oldest = windows.values().iterator();
        while (oldest.hasNext()) {
            boolean over = !current(oldest.next());
            if (!over && windows.size() <= limits.addresses()) {
                return;
            }
            oldest.remove();
        }
    }

    private boolean current(Window window) {
        return clock.instant().isBefore(window.since().plus(limits.window()));
    }

    private static Optional<ByteBuffer> key(SocketAddress client) {
        if (!(client instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return Optional.empty();
        }
        InetAddress address = inet.getAddress();
        if (address.isLoopbackAddress()) {
            return Optional.empty();
        }
        byte[] octets = address.getAddress();
        return Optional.of(
                ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(octets, NETWORK_OCTETS) : octets));
    }
}
