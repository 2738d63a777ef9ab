package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.queue.QueueFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database can be reached, as far as this node knows. */
final class PostgresReach {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresReach.class);
    private static final long FULL_NANOS = Duration.ofSeconds(5).toNanos();

    /** States that end a session, or that another server will not have: shut down, no places, a standby. */
    private static final Set<String> ENDED =
            Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25006", "53300", "XX000");

    private final String place;
    private volatile Optional<String> away = Optional.empty();
    /** When it was full; nobody knows when it will have room, so that it is tried again soon. */
    private volatile Optional<Long> full = Optional.empty();

    PostgresReach(String place) {
        this.place = place;
    }

    /** Tells whether a failure ends the connection: then nobody knows what became of a commit that was under way. */
    static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || ENDED.contains(state);
    }

    /** Tells whether a transaction met another, and would do what it should if it were run again. */
    static boolean isConflict(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("40");
    }

    /** A connection could not be opened. */
    void lost(SQLException e) {
        boolean before = away.isPresent();
        away = Optional.of("the database cannot be reached: " + e.getMessage());
        if (!before) {
            LOG.warn("the queue in {} takes no mail: {}", place, e.getMessage());
        }
    }

    /** A connection could be opened. */
    void back() {
        boolean before = away.isPresent();
        away = Optional.empty();
        if (before) {
            LOG.info("the queue in {} is back", place);
        }
    }

    boolean isAway() {
        return away.isPresent();
    }

    Optional<String> pressure() {
        Optional<String> why = away;
        return why.isPresent() || !isFull() ? why : Optional.of("the database is full");
    }

    private boolean isFull() {
        return full.filter(since -> System.nanoTime() - since < FULL_NANOS).isPresent();
    }

    /** Fails at once where waiting would be in vain. */
    void require() throws IOException {
        Optional<String> why = away;
        if (why.isPresent()) {
            throw new IOException(why.get());
        }
    }

    /** Fails also when there is no room. */
    void requireRoom() throws IOException {
        require();
        if (isFull()) {
            throw new QueueFullException("the database is full");
        }
    }

    /** Returns a failure as what it is: no room, or something else. */
    IOException judged(SQLException e) {
        if ("53100".equals(e.getSQLState())) {
            full = Optional.of(System.nanoTime());
            return new QueueFullException("the database is full", e);
        }
        return new IOException("the queue cannot be used: " + e.getMessage(), e);
    }
}
