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
                        "UPDATE delivery SET due = due - 1 WHERE held = 0 AND due <= ?"
                                + " AND lane IN (SELECT name FROM lane WHERE owned = 1) AND " + where,
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
