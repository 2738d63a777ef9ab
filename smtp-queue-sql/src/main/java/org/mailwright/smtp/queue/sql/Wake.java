package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to make deliveries due. Each that is under way gets another time than it had: by that its deferral sees that it
 * was asked for meanwhile.
 */
enum Wake {
    /** What is held. */
    RELEASE("held = 1"),
    /** What waits. */
    FLUSH("held = 0 AND due > ?"),
    /** What was tried in vain and waits. */
    RETRY("held = 0 AND attempts > 0 AND due > ?");

    /**
     * As many of each class of a lane as may be under way, which are the first. A host may ask for its mail as often as
     * it likes, and what it makes us write is not to grow with what waits for it.
     */
    private static final int UNDER_WAY = 5000;

    private final String which;

    Wake(String which) {
        this.which = which;
    }

    /**
     * Makes them due; returns how many were not.
     *
     * @param where a condition on the table of deliveries
     * @param values of its parameters
     */
    long run(Sql sql, long now, String where, List<Object> values) throws SQLException {
        return switch (this) {
            case RELEASE ->
                sql.update(
                        "UPDATE delivery SET held = 0, due = CASE WHEN due > ? THEN ? ELSE due - 1 END WHERE " + which
                                + " AND " + where,
                        with(values, now, now));
            case FLUSH, RETRY -> {
                // before the others: one whose deferral has just been committed is among those, then
                sql.update(
                        "UPDATE delivery SET due = due - 1 WHERE id IN (SELECT id FROM (SELECT id, row_number()"
                                + " OVER (PARTITION BY lane, class ORDER BY due) AS place FROM delivery"
                                + " WHERE held = 0 AND due <= ? AND lane IN (SELECT name FROM lane WHERE owned = 1)"
                                + " AND " + where + ") AS ranked WHERE place <= " + UNDER_WAY + ")",
                        with(values, now));
                yield sql.update(
                        "UPDATE delivery SET due = ? WHERE " + which + " AND " + where, with(values, now, now));
            }
        };
    }

    private static Object[] with(List<Object> values, Object... before) {
        List<Object> all = new ArrayList<>(List.of(before));
        all.addAll(values);
        return all.toArray();
    }
}
