package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.HashMap;
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

    Done settle(Sql sql, List<Settlement> settlements, List<NewMail> reports) throws SQLException {
        Map<String, Integer> gone = new HashMap<>();
        Map<LaneName, Long> lanes = new HashMap<>();
        for (Settlement settlement : settlements) {
            switch (settlement) {
                case Settlement.Delivered delivered -> remove(sql, delivered, gone);
                case Settlement.Failed failed -> remove(sql, failed, gone);
                case Settlement.Deferred deferred -> {
                    if (defer(sql, deferred)) {
                        lanes.merge(deferred.delivery().lane(), deferred.due().toEpochMilli(), Math::min);
                    }
                }
            }
        }
        Set<String> files = Rows.close(sql, gone);
        for (NewMail report : reports) {
            rows.insert(sql, report.message(), report.deliveries(), new Place.Row(report.content()));
            Rows.lanes(report.deliveries()).forEach((lane, due) -> lanes.merge(lane, due, Math::min));
        }
        Rows.due(sql, lanes);
        return new Done(files, new TreeSet<>(lanes.keySet()));
    }

    private static void remove(Sql sql, Settlement settlement, Map<String, Integer> gone) throws SQLException {
        int removed = sql.update(
                "DELETE FROM delivery WHERE id = ?", settlement.delivery().id());
        if (removed > 0) {
            gone.merge(settlement.delivery().message().id(), removed, Integer::sum);
        }
    }

    private static boolean defer(Sql sql, Settlement.Deferred deferred) throws SQLException {
        int changed = sql.update(
                "UPDATE delivery SET attempts = attempts + 1, due = ?, last = ?, reported = ?"
                        + " WHERE id = ? AND attempts = ?",
                deferred.due().toEpochMilli(),
                Texts.reply(deferred.reply()),
                deferred.delayReported() ? 1 : 0,
                deferred.delivery().id(),
                deferred.delivery().attempts());
        return changed > 0;
    }
}
