package org.mailwright.smtp.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers so many things, those that were put last. Safe for any number of threads. */
final class Latest<K, V> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, V> known = new LinkedHashMap<>();
    private final int most;

    Latest(int most) {
        this.most = most;
    }

    /** Remembers one; where there is no room for it, the one that was put longest ago is forgotten. */
    void put(K key, V value) {
        lock.lock();
        try {
            known.remove(key);
            known.put(key, value);
            if (known.size() > most) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<V> get(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets one, and returns it. */
    Optional<V> remove(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(known.remove(key));
        } finally {
            lock.unlock();
        }
    }
}
