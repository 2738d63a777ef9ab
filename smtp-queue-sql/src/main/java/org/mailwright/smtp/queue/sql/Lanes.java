package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Priority;

/**
 * Who delivers which lane, and until when. A lane that is leased is due at 0 when the operator has flushed it since.
 */
final class Lanes {

    private final InstantSource clock;
    private final Duration lease;
    private final AtomicLong epochs;

    Lanes(InstantSource clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
        this.epochs = new AtomicLong(clock.millis() << 16);
    }

    List<LaneLease> claim(Sql sql, int most) throws SQLException {
        long epoch = epochs.incrementAndGet();
        long now = clock.millis();
        return sql.query(
                row -> new LaneLease(LaneName.parse(row.getString(1)), epoch),
                "UPDATE lane SET owned = 1, epoch = ?, due = max(due, 1), not_before = ? WHERE name IN"
                        + " (SELECT name FROM lane WHERE ready_at <= ? ORDER BY ready_at LIMIT ?) RETURNING name",
                epoch,
                now + lease.toMillis(),
                now,
                most);
    }

    List<LaneLease> renew(Sql sql) throws SQLException {
        long now = clock.millis();
        return sql.query(
                row -> new LaneLease(LaneName.parse(row.getString(1)), row.getLong(2)),
                "UPDATE lane SET not_before = ? WHERE owned = 1 AND not_before > ? RETURNING name, epoch",
                now + lease.toMillis(),
                now);
    }

    Optional<LaneLease> release(Sql sql, LaneLease ended, Optional<Instant> notBefore) throws SQLException {
        String lane = ended.lane().toString();
        List<Long> epoch =
                sql.query(row -> row.getLong(1), "SELECT epoch FROM lane WHERE name = ? AND owned = 1", lane);
        if (epoch.isEmpty() || epoch.getFirst() != ended.epoch()) {
            return Optional.empty();
        }
        Optional<Long> due = soonest(sql, lane);
        if (due.isEmpty()) {
            sql.update("DELETE FROM lane WHERE name = ?", lane);
        } else {
            sql.update(
                    "UPDATE lane SET owned = 0, due = ?, not_before = CASE due WHEN 0 THEN 0 ELSE ? END WHERE name = ?",
                    due.get(),
                    notBefore.map(Instant::toEpochMilli).orElse(0L),
                    lane);
        }
        return Optional.of(ended);
    }

    private static Optional<Long> soonest(Sql sql, String lane) throws SQLException {
        Optional<Long> soonest = Optional.empty();
        for (Priority priority : Priority.values()) {
            List<Long> found = sql.query(
                    row -> row.getLong(1),
                    "SELECT due FROM delivery WHERE lane = ? AND class = ? AND held = 0 ORDER BY due LIMIT 1",
                    lane,
                    priority.code());
            if (!found.isEmpty() && (soonest.isEmpty() || found.getFirst() < soonest.get())) {
                soonest = Optional.of(found.getFirst());
            }
        }
        return soonest;
    }

    /** Returns the ids of deliveries that are due, in the order in which they are to be tried. */
    List<Long> next(Sql sql, LaneName lane, int most, Set<Long> except) throws SQLException {
        Map<Priority, List<Long>> found = new HashMap<>();
        for (Priority priority : Priority.values()) {
            List<Long> ids = sql.query(
                    row -> row.getLong(1),
                    "SELECT id FROM delivery WHERE lane = ? AND class = ? AND due <= ? AND held = 0"
                            + " ORDER BY due, accepted LIMIT ?",
                    lane.toString(),
                    priority.code(),
                    clock.millis(),
                    most + except.size());
            found.put(
                    priority,
                    ids.stream().filter(id -> !except.contains(id)).limit(most).toList());
        }
        return Shares.of(found, most);
    }

    /** Returns lanes that deliveries were changed in, as a new list. */
    static List<LaneName> names(List<String> texts) {
        List<LaneName> names = new ArrayList<>();
        texts.forEach(text -> names.add(LaneName.parse(text)));
        return names;
    }
}
