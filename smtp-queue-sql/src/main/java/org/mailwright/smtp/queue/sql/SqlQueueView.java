package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LaneSummary;
import org.mailwright.smtp.queue.QueueView;

/** The operator's view of the tables. */
final class SqlQueueView implements QueueView {

    /** The tables, as far as the two databases differ in them. */
    interface Tables {

        <T> T read(Reader.Question<T> question) throws IOException;

        <T> T change(Writer.Change<T> change) throws IOException;

        /** Notes when lanes have something due, as far as that is earlier than what is known. */
        void due(Sql sql, Map<LaneName, Long> lanes) throws SQLException;

        /** Takes deliveries off their mails; returns the mails that are gone and have more than their rows. */
        Set<String> close(Sql sql, Map<String, Integer> gone) throws SQLException;

        /** Removes what mails had besides their rows, after the commit. */
        void removed(Set<String> files);
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Tables tables;
    private final Rows rows;
    private final InstantSource clock;
    private final Consumer<Set<LaneName>> ready;

    SqlQueueView(Tables tables, Rows rows, InstantSource clock, Consumer<Set<LaneName>> ready) {
        this.tables = tables;
        this.rows = rows;
        this.clock = clock;
        this.ready = ready;
    }

    /** A condition on the table of deliveries, and the values of its parameters. */
    private record Where(String text, List<Object> values) {

        Object[] with(Object... before) {
            List<Object> all = new ArrayList<>(List.of(before));
            all.addAll(values);
            return all.toArray();
        }
    }

    private static Where where(Selection selection) {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        selection.message().ifPresent(id -> {
            parts.add("delivery.message = ?");
            values.add(id);
        });
        selection.lane().ifPresent(lane -> {
            parts.add("delivery.lane = ?");
            values.add(lane.toString());
        });
        selection.recipient().ifPresent(path -> {
            parts.add("lower(delivery.recipient) = ?");
            values.add("<" + path.toLowerCase(Locale.ROOT) + ">");
        });
        selection.sender().ifPresent(path -> {
            parts.add("delivery.message IN (SELECT id FROM message WHERE lower(reverse_path) = ?)");
            values.add("<" + path.toLowerCase(Locale.ROOT) + ">");
        });
        return new Where(parts.isEmpty() ? "1 = 1" : String.join(" AND ", parts), values);
    }

    @Override
    public List<Entry> list(Selection selection, long after, int most) throws IOException {
        Where where = where(selection);
        List<Object> values = new ArrayList<>(where.values());
        values.add(after);
        values.add(most);
        return tables.read(sql -> sql.query(
                row -> new Entry(rows.delivery(row), row.getInt(11) != 0),
                Rows.SELECT.replace("delivery d", "delivery AS d") + " WHERE "
                        + where.text().replace("delivery.", "d.") + " AND d.id > ? ORDER BY d.id LIMIT ?",
                values.toArray()));
    }

    @Override
    public long hold(Selection selection) throws IOException {
        Where where = where(selection);
        return tables.change(sql ->
                (long) sql.update("UPDATE delivery SET held = 1 WHERE held = 0 AND " + where.text(), where.with()));
    }

    @Override
    public long release(Selection selection) throws IOException {
        return wake(selection, Wake.RELEASE);
    }

    @Override
    public long flush(Selection selection) throws IOException {
        return wake(selection, Wake.FLUSH);
    }

    @Override
    public long retry(Selection selection) throws IOException {
        return wake(selection, Wake.RETRY);
    }

    @Override
    public long move(Map<Long, LaneName> moved) throws IOException {
        long now = clock.millis();
        Map<LaneName, Long> due = new TreeMap<>();
        long changed = tables.change(sql -> {
            due.clear();
            Map<Long, String> from = new TreeMap<>();
            Set<String> lanes = new TreeSet<>();
            for (Map.Entry<Long, LaneName> each : moved.entrySet()) {
                sql.query(row -> row.getString(1), "SELECT lane FROM delivery WHERE id = ?", each.getKey())
                        .forEach(lane -> from.put(each.getKey(), lane));
                lanes.add(each.getValue().toString());
            }
            lanes.addAll(from.values());
            // a lane of which nothing is to be tried has no row, and so none to be locked: it gets one meanwhile
            Map<LaneName, Long> left = new TreeMap<>();
            Lanes.names(List.copyOf(from.values())).forEach(lane -> left.put(lane, NEVER));
            tables.due(sql, left);
            Set<String> free = free(sql, lanes);
            long count = 0;
            for (Map.Entry<Long, String> each : from.entrySet()) {
                LaneName to = moved.get(each.getKey());
                if (free.contains(each.getValue()) && to != null) {
                    List<Long> dues = sql.query(
                            row -> row.getLong(1),
                            "UPDATE delivery SET lane = ?, due = CASE WHEN attempts > 0 THEN ? ELSE due END"
                                    + " WHERE id = ? AND lane = ? RETURNING due",
                            to.toString(),
                            now,
                            each.getKey(),
                            each.getValue());
                    count += dues.size();
                    dues.forEach(one -> due.merge(to, one, Math::min));
                }
            }
            tables.due(sql, due);
            for (LaneName lane : due.keySet()) {
                sql.update("UPDATE lane SET not_before = 0 WHERE name = ? AND owned = 0", lane.toString());
                sql.update("UPDATE lane SET due = 0 WHERE name = ? AND owned = 1", lane.toString());
            }
            for (LaneName lane : left.keySet()) {
                sql.update("DELETE FROM lane WHERE name = ? AND due = ?", lane.toString(), NEVER);
            }
            return count;
        });
        ready.accept(due.keySet());
        return changed;
    }

    /**
     * Returns those that nobody has, and locks them in the order of their names: nobody leases one before the commit.
     */
    private static Set<String> free(Sql sql, Set<String> lanes) throws SQLException {
        Set<String> free = new TreeSet<>();
        for (String lane : lanes) {
            if (sql.update("UPDATE lane SET due = due WHERE name = ? AND owned = 0", lane) > 0) {
                free.add(lane);
            }
        }
        return free;
    }

    private long wake(Selection selection, Wake wake) throws IOException {
        Where where = where(selection);
        long now = clock.millis();
        Set<LaneName> lanes = new TreeSet<>();
        long changed = tables.change(sql -> {
            lanes.clear();
            lanes.addAll(Lanes.names(sql.query(
                    row -> row.getString(1),
                    "SELECT DISTINCT lane FROM delivery WHERE " + where.text(),
                    where.with())));
            long count = wake.run(sql, now, where.text(), where.values());
            Map<LaneName, Long> due = new HashMap<>();
            lanes.forEach(lane -> due.put(lane, now));
            tables.due(sql, due);
            for (LaneName lane : lanes) {
                sql.update("UPDATE lane SET not_before = 0 WHERE name = ? AND owned = 0", lane.toString());
                // tells who has it that it is not to rest when it is given back
                sql.update("UPDATE lane SET due = 0 WHERE name = ? AND owned = 1", lane.toString());
            }
            return count;
        });
        ready.accept(lanes);
        return changed;
    }

    @Override
    public long held(Selection selection) throws IOException {
        Where where = where(selection);
        return tables.read(sql -> sql.query(
                        row -> row.getLong(1),
                        "SELECT count(*) FROM delivery WHERE held = 1 AND " + where.text(),
                        where.with())
                .getFirst());
    }

    @Override
    public Map<String, Long> delete(Selection selection) throws IOException {
        Where where = where(selection);
        Map<String, Integer> gone = new TreeMap<>();
        Set<String> files = tables.change(sql -> {
            gone.clear();
            sql.query(
                            row -> row.getString(1),
                            "DELETE FROM delivery WHERE " + where.text() + " RETURNING message",
                            where.with())
                    .forEach(id -> gone.merge(id, 1, Integer::sum));
            return tables.close(sql, gone);
        });
        tables.removed(files);
        Map<String, Long> counts = new TreeMap<>();
        gone.forEach((id, count) -> counts.put(id, (long) count));
        return counts;
    }

    @Override
    public List<LaneSummary> summary() throws IOException {
        long now = clock.millis();
        // younger than each age, and so with all that is younger still: one comparison a row, not two
        StringBuilder ages = new StringBuilder();
        for (Duration age : LaneSummary.AGES) {
            ages.append(", count(*) FILTER (WHERE accepted > ")
                    .append(now - age.toMillis())
                    .append(')');
        }
        return tables.read(sql -> sql.query(
                row -> summary(row, now),
                "SELECT d.*, lane.owned, lane.not_before FROM (SELECT lane, count(*) AS n, sum(held),"
                        + " count(*) FILTER (WHERE attempts > 0), min(accepted)" + ages
                        + " FROM delivery GROUP BY lane) AS d"
                        + " LEFT JOIN lane ON lane.name = d.lane ORDER BY n DESC, d.lane"));
    }

    private static LaneSummary summary(ResultSet row, long now) throws SQLException {
        List<Long> ages = new ArrayList<>();
        long younger = 0;
        for (int i = 0; i < LaneSummary.AGES.size(); i++) {
            long all = row.getLong(6 + i);
            ages.add(all - younger);
            younger = all;
        }
        ages.add(row.getLong(2) - younger);
        int after = 5 + LaneSummary.AGES.size();
        boolean leased = row.getInt(after + 1) != 0 && row.getLong(after + 2) > now;
        long notBefore = row.getLong(after + 2);
        return new LaneSummary(
                LaneName.parse(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Collections.unmodifiableList(ages),
                leased,
                leased || notBefore <= now ? Optional.empty() : Optional.of(Instant.ofEpochMilli(notBefore)));
    }
}
