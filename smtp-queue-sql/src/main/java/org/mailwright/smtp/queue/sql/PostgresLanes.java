package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Priority;

/**
 * Who delivers which lane, and until when, by the clock of the database. A lane that is leased is due at 0 when the
 * operator has flushed it since.
 */
final class PostgresLanes {

    private static final String RESTS = " not_before = CASE due WHEN 0 THEN 0 ELSE ? END";

    private final String node;
    private final Duration lease;
    private final String now;

    /**
     * Makes one.
     *
     * @param node what no other node is called, nor was in an earlier life
     * @param now an expression for the milliseconds of the database's clock
     */
    PostgresLanes(String node, Duration lease, String now) {
        this.node = node;
        this.lease = lease;
        this.now = now;
    }

    List<LaneLease> claim(Sql sql, int most) throws SQLException {
        record Claimed(LaneLease lease, long since) {}
        List<Claimed> claimed = sql.query(
                row -> new Claimed(new LaneLease(LaneName.parse(row.getString(1)), row.getLong(2)), row.getLong(3)),
                // locked in the inner select: two nodes that ask together get different lanes, and nobody waits
                "WITH free AS MATERIALIZED (SELECT name, ready_at FROM lane WHERE ready_at <= " + now
                        + " ORDER BY ready_at LIMIT ? FOR NO KEY UPDATE SKIP LOCKED)"
                        + " UPDATE lane SET owner = ?, epoch = nextval('lane_epoch'), due = GREATEST(due, 1),"
                        + " not_before = " + now + " + ?"
                        + " FROM free WHERE lane.name = free.name RETURNING lane.name, lane.epoch, free.ready_at",
                most,
                node,
                lease.toMillis());
        return claimed.stream()
                .sorted(Comparator.comparingLong(Claimed::since))
                .map(Claimed::lease)
                .toList();
    }

    /** Returns those of the leases that are extended; the others are lost. */
    List<LaneLease> renew(Sql sql, List<LaneLease> held) throws SQLException {
        if (held.isEmpty()) {
            return List.of();
        }
        return sql.query(
                row -> new LaneLease(LaneName.parse(row.getString(1)), row.getLong(2)),
                "WITH mine AS MATERIALIZED (SELECT lane.name FROM lane"
                        + " JOIN unnest(?::text[], ?::bigint[]) AS w (name, epoch)"
                        + " ON w.name = lane.name AND w.epoch = lane.epoch"
                        + " WHERE lane.owner = ? AND lane.not_before > " + now
                        + " ORDER BY lane.name FOR NO KEY UPDATE OF lane)"
                        + " UPDATE lane SET not_before = " + now + " + ? FROM mine WHERE lane.name = mine.name"
                        + " RETURNING lane.name, lane.epoch",
                held.stream().map(each -> each.lane().toString()).toArray(String[]::new),
                held.stream().map(LaneLease::epoch).toArray(Long[]::new),
                node,
                lease.toMillis());
    }

    void release(Sql sql, LaneLease ended, Optional<Instant> notBefore) throws SQLException {
        String lane = ended.lane().toString();
        long rest = notBefore.map(Instant::toEpochMilli).orElse(0L);
        List<Integer> locked = sql.query(
                row -> 1,
                "SELECT 1 FROM lane WHERE name = ? AND owner = ? AND epoch = ? FOR UPDATE SKIP LOCKED",
                lane,
                node,
                ended.epoch());
        if (locked.isEmpty()) {
            // lost, or somebody is just putting mail in: then it stays due as it is, and no mail is overlooked
            sql.update(
                    "UPDATE lane SET owner = ''," + RESTS + " WHERE name = ? AND owner = ? AND epoch = ?",
                    rest,
                    lane,
                    node,
                    ended.epoch());
            return;
        }
        // only now, locked: what is committed from here on lowers the time itself
        Optional<Long> due = soonest(sql, lane);
        if (due.isEmpty()) {
            sql.update("DELETE FROM lane WHERE name = ?", lane);
        } else {
            sql.update("UPDATE lane SET owner = '', due = ?," + RESTS + " WHERE name = ?", due.get(), rest, lane);
        }
    }

    private static Optional<Long> soonest(Sql sql, String lane) throws SQLException {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            parts.add("(SELECT due FROM delivery WHERE lane = ? AND class = ? AND held = 0 ORDER BY due, id LIMIT 1)");
            values.add(lane);
            values.add(priority.code());
        }
        return sql.query(row -> row.getLong(1), String.join(" UNION ALL ", parts), values.toArray()).stream()
                .min(Comparator.naturalOrder());
    }

    /** Gives back all that this node has, without looking what is in it. */
    void releaseAll(Sql sql) throws SQLException {
        sql.update(
                "WITH mine AS MATERIALIZED (SELECT name FROM lane WHERE owner = ? ORDER BY name FOR NO KEY UPDATE)"
                        + " UPDATE lane SET owner = '', not_before = 0 FROM mine WHERE lane.name = mine.name",
                node);
    }

    /** Returns the ids of deliveries that are due, in the order in which they are to be tried. */
    List<Long> next(Sql sql, LaneName lane, int most, Set<Long> except) throws SQLException {
        record Due(int priority, long id) {}
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        Long[] under = except.toArray(new Long[0]);
        for (Priority priority : Priority.values()) {
            parts.add("(SELECT class, id FROM delivery WHERE lane = ? AND class = ? AND due <= " + now
                    + " AND held = 0 AND id <> ALL (?::bigint[]) ORDER BY due, id LIMIT ?)");
            values.addAll(List.of(lane.toString(), priority.code(), under, most));
        }
        Map<Priority, List<Long>> found = new HashMap<>();
        sql.query(row -> new Due(row.getInt(1), row.getLong(2)), String.join(" UNION ALL ", parts), values.toArray())
                .forEach(due -> found.computeIfAbsent(Priority.of(due.priority()), priority -> new ArrayList<>())
                        .add(due.id()));
        return Shares.of(found, most);
    }

    /** Returns how long it takes until the first lane is ready. */
    Optional<Duration> untilReady(Sql sql) throws SQLException {
        return sql
                .query(
                        row -> Duration.ofMillis(row.getLong(1)),
                        "SELECT ready_at - " + now + " FROM lane ORDER BY ready_at LIMIT 1")
                .stream()
                .findFirst();
    }
}
