package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
     * Puts suspects last. When the time of one is over, the caller is the only one to try it in its place: for others
     * it stays a suspect until {@link #alive}.
     */
    <T> List<T> order(List<T> all, Function<T, InetSocketAddress> address) {
        if (dead.isEmpty() || all.size() < 2) {
            return all;
        }
        Instant now = clock.instant();
        List<T> first = new ArrayList<>(all.size());
        List<T> last = new ArrayList<>();
        for (T one : all) {
            InetSocketAddress at = address.apply(one);
            Instant until = dead.get(at);
            boolean probes = until != null && !now.isBefore(until) && dead.replace(at, until, now.plus(time));
            (until == null || probes ? first : last).add(one);
        }
        first.addAll(last);
        return first;
    }

    void dead(InetSocketAddress address) {
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
