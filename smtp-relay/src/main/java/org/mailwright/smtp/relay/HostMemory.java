package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** Which addresses did not answer of late, and with which TLS does not work. Bounded; it forgets when it is full. */
final class HostMemory {

    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Duration time;
    private final ConcurrentHashMap<InetSocketAddress, Instant> dead = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetSocketAddress, Instant> clear = new ConcurrentHashMap<>();

    HostMemory(InstantSource clock, Duration time) {
        this.clock = clock;
        this.time = time;
    }

    /**
     * Tells whether an address is to be tried last. When its time is over, the caller is the only one to try it in its
     * place: for others it stays a suspect until {@link #alive}.
     */
    boolean isSuspect(InetSocketAddress address) {
        Instant until = dead.isEmpty() ? null : dead.get(address);
        if (until == null) {
            return false;
        }
        Instant now = clock.instant();
        return now.isBefore(until) || !dead.replace(address, until, now.plus(time));
    }

    void suspect(InetSocketAddress address) {
        note(dead, address);
    }

    void alive(InetSocketAddress address) {
        if (!dead.isEmpty()) {
            dead.remove(address);
        }
    }

    void clear(InetSocketAddress address) {
        note(clear, address);
    }

    boolean isClear(InetSocketAddress address) {
        Instant until = clear.get(address);
        return until != null && clock.instant().isBefore(until);
    }

    private void note(ConcurrentHashMap<InetSocketAddress, Instant> where, InetSocketAddress address) {
        if (where.size() >= MOST) {
            where.clear();
        }
        where.put(address, clock.instant().plus(time));
    }
}
