package org.mailwright.smtp.queue.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.NewDelivery;

/**
 * Changes the tables in PostgreSQL, many rows with one statement.
 *
 * <p>All who change several kinds of rows within one transaction take them in the same order, so that nobody waits in a
 * circle: deliveries, mails by id, lanes by name.
 */
final class PostgresTables {

    private final DurableAttributes attributes;

    PostgresTables(DurableAttributes attributes) {
        this.attributes = attributes;
    }

    /** Puts mails in, with their deliveries. */
    void insert(Sql sql, List<PostgresJob.Taken> mails) throws SQLException {
        List<Object[]> messages = new ArrayList<>();
        List<Object[]> deliveries = new ArrayList<>();
        for (PostgresJob.Taken mail : mails) {
            messages.add(new Object[] {
                mail.message().id(),
                mail.message().reversePath().path(),
                attributes.write(mail.message().attributes()),
                Texts.provenance(mail.message().provenance()),
                mail.message().accepted().toEpochMilli(),
                mail.message().expires().toEpochMilli(),
                mail.message().size(),
                mail.deliveries().size(),
                mail.place().text(),
                mail.content()
            });
            for (NewDelivery delivery : mail.deliveries()) {
                deliveries.add(new Object[] {
                    mail.message().id(),
                    delivery.lane().toString(),
                    delivery.priority().code(),
                    delivery.due().toEpochMilli(),
                    mail.message().accepted().toEpochMilli(),
                    delivery.recipient().path().path(),
                    attributes.write(delivery.recipient().attributes()),
                    delivery.reversePath().map(ReversePath::path).orElse("")
                });
            }
        }
        sql.batch(
                "INSERT INTO message (id, reverse_path, attributes, provenance, accepted, expires, size, undelivered,"
                        + " place, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                messages);
        sql.batch(
                "INSERT INTO delivery (message, lane, class, due, accepted, recipient, attributes, reverse_path)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                deliveries);
    }

    /**
     * Notes when lanes have something due, as far as that is earlier than what is known.
     *
     * <p>A lane that is due early enough is only kept from being deleted or put off until this commits: any number of
     * nodes can do that to one lane at the same time.
     */
    static void due(Sql sql, Map<LaneName, Long> lanes) throws SQLException {
        if (lanes.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        lanes.forEach((lane, when) -> {
            names.add(lane.toString());
            due.add(when);
        });
        sql.update(
                "WITH wanted AS MATERIALIZED (SELECT name, due FROM unnest(?::text[], ?::bigint[]) AS w (name, due)),"
                        + " known AS MATERIALIZED (SELECT lane.name FROM lane JOIN wanted ON wanted.name = lane.name"
                        + " WHERE lane.due <= wanted.due ORDER BY lane.name FOR KEY SHARE OF lane)"
                        + " INSERT INTO lane (name, due) SELECT name, due FROM wanted"
                        + " WHERE name NOT IN (SELECT name FROM known) ORDER BY name COLLATE \"C\""
                        + " ON CONFLICT (name) DO UPDATE SET due = LEAST(lane.due, excluded.due)",
                names.toArray(new String[0]),
                due.toArray(new Long[0]));
    }

    /**
     * Takes deliveries off their mails, and removes the mails that have none left; returns those whose content is in
     * chunks, which are left over from now on.
     */
    static Set<String> close(Sql sql, Map<String, Integer> gone) throws SQLException {
        if (gone.isEmpty()) {
            return Set.of();
        }
        String[] ids = gone.keySet().toArray(new String[0]);
        Integer[] counts = gone.values().toArray(new Integer[0]);
        // in order, and in a statement before: the next one sees what others have taken off meanwhile
        sql.query(row -> 1, "SELECT 1 FROM message WHERE id = ANY (?::text[]) ORDER BY id FOR UPDATE", (Object) ids);
        List<String> places = sql.query(
                row -> row.getString(2) + row.getString(1),
                "DELETE FROM message USING unnest(?::text[], ?::integer[]) AS w (id, n)"
                        + " WHERE message.id = w.id AND message.undelivered <= w.n"
                        + " RETURNING message.id, message.place",
                ids,
                counts);
        if (places.size() < gone.size()) {
            sql.update(
                    "UPDATE message SET undelivered = undelivered - w.n"
                            + " FROM unnest(?::text[], ?::integer[]) AS w (id, n) WHERE message.id = w.id",
                    ids,
                    counts);
        }
        Set<String> large = new TreeSet<>();
        String prefix = PostgresJob.Where.CHUNKS.text();
        places.stream()
                .filter(text -> text.startsWith(prefix))
                .forEach(text -> large.add(text.substring(prefix.length())));
        if (!large.isEmpty()) {
            sql.update(
                    "INSERT INTO leftover (message, since) SELECT id, 0 FROM unnest(?::text[]) AS w (id)"
                            + " ON CONFLICT (message) DO UPDATE SET since = 0",
                    (Object) large.toArray(new String[0]));
        }
        return large;
    }
}
