package org.mailwright.smtp.queue.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.sql.journal.JournalPosition;

/** Puts mails into the tables, takes them out again, and makes values of rows. */
final class Rows {

    private static final String COLUMNS = "SELECT d.id, d.lane, d.class, d.due, d.attempts, d.recipient, d.attributes,"
            + " d.reverse_path, d.last, d.reported, d.held, m.id, m.reverse_path, m.attributes, m.provenance,"
            + " m.accepted, m.expires, m.size";
    private static final String TABLES = " FROM delivery d JOIN message m ON m.id = d.message";

    /** What {@link #delivery} reads. */
    static final String SELECT = COLUMNS + TABLES;

    /** What {@link #delivery} and {@link #position} read. */
    static final String LOCATED = COLUMNS + ", m.segment, m.position" + TABLES;

    private record Removed(String message, String place) {}

    private final DurableAttributes attributes;
    private final AtomicLong ids;

    Rows(DurableAttributes attributes, long first) {
        this.attributes = attributes;
        this.ids = new AtomicLong(first);
    }

    /** Puts a mail in. */
    void insert(Sql sql, Message message, List<NewDelivery> deliveries, Place place) throws SQLException {
        String name = switch (place) {
            case Place.Row row -> "row";
            case Place.Log log -> "log";
            case Place.File file -> "file";
        };
        long segment = place instanceof Place.Log log ? log.position().segment() : 0;
        long position = place instanceof Place.Log log ? log.position().offset() : 0;
        byte[] content = place instanceof Place.Row row ? row.content() : new byte[0];
        sql.update(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                message.id(),
                message.reversePath().path(),
                attributes.write(message.attributes()),
                Texts.provenance(message.provenance()),
                message.accepted().toEpochMilli(),
                message.expires().toEpochMilli(),
                message.size(),
                deliveries.size(),
                name,
                segment,
                position,
                content);
        for (NewDelivery delivery : deliveries) {
            sql.update(
                    "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, '', 0)",
                    ids.incrementAndGet(),
                    message.id(),
                    delivery.lane().toString(),
                    delivery.priority().code(),
                    delivery.due().toEpochMilli(),
                    message.accepted().toEpochMilli(),
                    delivery.recipient().path().path(),
                    attributes.write(delivery.recipient().attributes()),
                    delivery.reversePath().map(ReversePath::path).orElse(""));
        }
    }

    /** Notes when lanes have something due, as far as that is earlier than what is known. */
    static void due(Sql sql, Map<LaneName, Long> lanes) throws SQLException {
        for (Map.Entry<LaneName, Long> lane : lanes.entrySet()) {
            sql.update(
                    "INSERT INTO lane (name, due, owned, epoch, not_before) VALUES (?, ?, 0, 0, 0)"
                            + " ON CONFLICT (name) DO UPDATE SET due = excluded.due WHERE lane.due > excluded.due",
                    lane.getKey().toString(),
                    lane.getValue());
        }
    }

    static Map<LaneName, Long> lanes(List<NewDelivery> deliveries) {
        Map<LaneName, Long> lanes = new HashMap<>();
        deliveries.forEach(each -> lanes.merge(each.lane(), each.due().toEpochMilli(), Math::min));
        return lanes;
    }

    /**
     * Takes deliveries off their mails, and removes the mails that have none left; returns those whose content is a
     * file.
     */
    static Set<String> close(Sql sql, Map<String, Integer> gone) throws SQLException {
        Map<Integer, List<String>> byCount = new TreeMap<>();
        gone.forEach((message, count) ->
                byCount.computeIfAbsent(count, any -> new ArrayList<>()).add(message));
        Set<String> files = new TreeSet<>();
        for (Map.Entry<Integer, List<String>> some : byCount.entrySet()) {
            Set<String> left = new TreeSet<>(some.getValue());
            List<Removed> removed = sql.query(
                    row -> new Removed(row.getString(1), row.getString(2)),
                    "DELETE FROM message WHERE id IN (SELECT value FROM json_each(?)) AND undelivered <= ?"
                            + " RETURNING id, place",
                    json(some.getValue()),
                    some.getKey());
            for (Removed one : removed) {
                left.remove(one.message());
                if (one.place().equals("file")) {
                    files.add(one.message());
                }
            }
            for (String message : left) {
                sql.update("UPDATE message SET undelivered = undelivered - ? WHERE id = ?", some.getKey(), message);
            }
        }
        return files;
    }

    private static String json(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Returns where the journal has the mail of a row of {@link #LOCATED}; nothing for a mail that is elsewhere. */
    static Optional<JournalPosition> position(ResultSet row) throws SQLException {
        long segment = row.getLong(19);
        return segment == 0 ? Optional.empty() : Optional.of(new JournalPosition(segment, row.getLong(20)));
    }

    Delivery delivery(ResultSet row) throws SQLException {
        String own = row.getString(8);
        Message message = new Message(
                row.getString(12),
                ReversePath.parse(row.getString(13)),
                attributes.read(row.getString(14)),
                Texts.provenance(row.getString(15)),
                Instant.ofEpochMilli(row.getLong(16)),
                Instant.ofEpochMilli(row.getLong(17)),
                row.getLong(18));
        return new Delivery(
                row.getLong(1),
                message,
                LaneName.parse(row.getString(2)),
                new Recipient(ForwardPath.parse(row.getString(6)), attributes.read(row.getString(7))),
                own.isEmpty() ? message.reversePath() : ReversePath.parse(own),
                Priority.of(row.getInt(3)),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(4)),
                Texts.reply(row.getString(9)),
                row.getInt(10) != 0);
    }
}
