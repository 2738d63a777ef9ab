package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Settlement;

/** Settles deliveries, and takes in the reports that tell of it, within one transaction. */
final class Settler {

    private final Rows rows;

    Settler(Rows rows) {
        this.rows = rows;
    }

    /** What is to be done when it is committed: files to be removed, lanes that got something to do. */
    record Done(Set<String> files, Set<LaneName> lanes) {}

    private record Later(LaneName lane, long due) {}

    private record Gone(String message, long id) {}

    Done settle(Sql sql, List<Settlement> settlements, List<NewMail> reports) throws SQLException {
        List<Long> ended = new ArrayList<>();
        Set<Long> settled = new HashSet<>();
        Map<LaneName, Long> lanes = new HashMap<>();
        for (Settlement settlement : settlements) {
            switch (settlement) {
                case Settlement.Delivered delivered ->
                    ended.add(delivered.delivery().id());
                case Settlement.Failed failed -> ended.add(failed.delivery().id());
                case Settlement.Deferred deferred ->
                    defer(sql, deferred).forEach(each -> {
                        settled.add(deferred.delivery().id());
                        lanes.merge(each.lane(), each.due(), Math::min);
                    });
            }
        }
        Set<String> files = Rows.close(sql, remove(sql, ended, settled));
        for (NewMail report : reports) {
            if (Collections.disjoint(report.tells(), settled)) {
                continue; // somebody else has ended what it tells of
            }
            rows.insert(sql, report.message(), report.deliveries(), new Place.Row(report.content()));
            Rows.lanes(report.deliveries()).forEach((lane, due) -> lanes.merge(lane, due, Math::min));
        }
        Rows.due(sql, lanes);
        return new Done(files, new TreeSet<>(lanes.keySet()));
    }

    /** Removes deliveries, notes those that were there, and returns how many each mail has lost. */
    private static Map<String, Integer> remove(Sql sql, List<Long> ids, Set<Long> settled) throws SQLException {
        Map<String, Integer> gone = new HashMap<>();
        sql.query(
                        row -> new Gone(row.getString(1), row.getLong(2)),
                        "DELETE FROM delivery WHERE id IN (SELECT value FROM json_each(?)) RETURNING message, id",
                        ids.toString())
                .forEach(each -> {
                    settled.add(each.id());
                    gone.merge(each.message(), 1, Integer::sum);
                });
        return gone;
    }

    /** Where it waits from now on, if it is still the same attempt. One that was asked for meanwhile stays due. */
    private static List<Later> defer(Sql sql, Settlement.Deferred deferred) throws SQLException {
        return sql.query(
                row -> new Later(LaneName.parse(row.getString(1)), row.getLong(2)),
                "UPDATE delivery SET attempts = attempts + 1, due = CASE due WHEN ? THEN ? ELSE due END, last = ?,"
                        + " reported = ? WHERE id = ? AND attempts = ? RETURNING lane, due",
                deferred.delivery().due().toEpochMilli(),
                deferred.due().toEpochMilli(),
                Texts.reply(deferred.reply()),
                deferred.delayReported() ? 1 : 0,
                deferred.delivery().id(),
                deferred.delivery().attempts());
    }
}
