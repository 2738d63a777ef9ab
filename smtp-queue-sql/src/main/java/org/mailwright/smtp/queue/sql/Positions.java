package org.mailwright.smtp.queue.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.queue.sql.journal.JournalPosition;

/**
 * Where the journal has the mails that were fetched last and not read yet. A mail stays where it is for as long as its
 * row is there, so what is noted here holds.
 */
final class Positions {

    /** As many as are fetched ahead by a few hundred busy lanes. */
    private static final int MOST = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, JournalPosition> byMail = new LinkedHashMap<>();

    void add(String mail, JournalPosition position) {
        lock.lock();
        try {
            byMail.put(mail, position);
            if (byMail.size() > MOST) {
                byMail.remove(byMail.keySet().iterator().next()); // the oldest, given back perhaps, and never read
            }
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            byMail.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is noted, once. */
    Optional<JournalPosition> take(String mail) {
        lock.lock();
        try {
            return Optional.ofNullable(byMail.remove(mail));
        } finally {
            lock.unlock();
        }
    }
}
