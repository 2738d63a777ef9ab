package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Settlement;

/** Takes mails in and settles deliveries: all that many callers want, within one transaction. */
final class PostgresWork {

    private final PostgresTables tables;

    PostgresWork(PostgresTables tables) {
        this.tables = tables;
    }

    void run(Sql sql, List<PostgresJob> jobs) throws SQLException {
        List<PostgresJob.Taken> mails = new ArrayList<>();
        Set<Long> removed = new TreeSet<>();
        List<Settlement.Deferred> deferred = new ArrayList<>();
        for (PostgresJob job : jobs) {
            mails.addAll(job.mails());
            for (Settlement settlement : job.settlements()) {
                switch (settlement) {
                    case Settlement.Delivered delivered ->
                        removed.add(delivered.delivery().id());
                    case Settlement.Failed failed ->
                        removed.add(failed.delivery().id());
                    case Settlement.Deferred later -> deferred.add(later);
                }
            }
        }
        Map<LaneName, Long> lanes = new TreeMap<>();
        Set<Long> settled = new TreeSet<>();
        Map<String, Integer> gone = remove(sql, removed, settled);
        defer(sql, deferred, lanes, settled);
        // whoever settles again, not knowing how it went, settles nothing and does not tell twice
        mails.removeIf(mail -> !mail.isWanted(settled));
        take(sql, mails, lanes);
        PostgresTables.close(sql, gone);
        PostgresTables.due(sql, lanes);
    }

    private void take(Sql sql, List<PostgresJob.Taken> mails, Map<LaneName, Long> lanes) throws SQLException {
        for (PostgresJob.Taken mail : mails) {
            if (mail.place() == PostgresJob.Where.CHUNKS) {
                PostgresContents.adopt(sql, mail.message());
            }
            Rows.lanes(mail.deliveries()).forEach((lane, due) -> lanes.merge(lane, due, Math::min));
        }
        tables.insert(sql, mails);
    }

    private static Map<String, Integer> remove(Sql sql, Set<Long> removed, Set<Long> settled) throws SQLException {
        record Gone(String message, long id) {}
        Map<String, Integer> gone = new HashMap<>();
        if (!removed.isEmpty()) {
            sql.query(
                            row -> new Gone(row.getString(1), row.getLong(2)),
                            "DELETE FROM delivery WHERE id = ANY (?::bigint[]) RETURNING message, id",
                            (Object) removed.toArray(new Long[0]))
                    .forEach(each -> {
                        settled.add(each.id());
                        gone.merge(each.message(), 1, Integer::sum);
                    });
        }
        return gone;
    }

    private static void defer(Sql sql, List<Settlement.Deferred> deferred, Map<LaneName, Long> lanes, Set<Long> settled)
            throws SQLException {
        if (deferred.isEmpty()) {
            return;
        }
        record Later(String lane, long due, long id) {}
        List<Later> changed = sql.query(
                row -> new Later(row.getString(1), row.getLong(2), row.getLong(3)),
                // one that was asked for since it was fetched stays due
                "UPDATE delivery SET attempts = delivery.attempts + 1,"
                        + " due = CASE delivery.due WHEN w.fetched THEN w.due ELSE delivery.due END, last = w.last,"
                        + " reported = w.reported"
                        + " FROM unnest(?::bigint[], ?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::integer[])"
                        + " AS w (id, attempts, fetched, due, last, reported)"
                        + " WHERE delivery.id = w.id AND delivery.attempts = w.attempts"
                        + " RETURNING delivery.lane, delivery.due, delivery.id",
                deferred.stream().map(each -> each.delivery().id()).toArray(Long[]::new),
                deferred.stream().map(each -> each.delivery().attempts()).toArray(Integer[]::new),
                deferred.stream()
                        .map(each -> each.delivery().due().toEpochMilli())
                        .toArray(Long[]::new),
                deferred.stream().map(each -> each.due().toEpochMilli()).toArray(Long[]::new),
                deferred.stream().map(each -> Texts.reply(each.reply())).toArray(String[]::new),
                deferred.stream().map(each -> each.delayReported() ? 1 : 0).toArray(Integer[]::new));
        for (Later each : changed) {
            settled.add(each.id());
            lanes.merge(LaneName.parse(each.lane()), each.due(), Math::min);
        }
    }
}
