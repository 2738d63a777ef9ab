package org.mailwright.smtp.queue.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.queue.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contents of the mails: in their rows, or in chunks. */
final class PostgresContents {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresContents.class);
    /** No mail takes so long to come in. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final int CHUNKS_AT_ONCE = 64;
    private static final int LEFTOVERS_AT_ONCE = 1000;

    private final PostgresLink reader;
    private final PostgresLink filler;
    private final String now;

    PostgresContents(PostgresLink reader, PostgresLink filler, String now) {
        this.reader = reader;
        this.filler = filler;
        this.now = now;
    }

    /** Writes one chunk of a mail that is not yet in the queue; the first says when it began. */
    void write(String id, int n, byte[] octets) throws IOException {
        filler.ask(sql -> n == 0
                ? sql.update(
                        "WITH begun AS (INSERT INTO leftover (message, since) VALUES (?, " + now
                                + ") ON CONFLICT (message) DO NOTHING)"
                                + " INSERT INTO chunk (message, n, octets) VALUES (?, 0, ?)"
                                + " ON CONFLICT (message, n) DO UPDATE SET octets = excluded.octets",
                        id,
                        id,
                        octets)
                : sql.update(
                        "INSERT INTO chunk (message, n, octets) VALUES (?, ?, ?)"
                                + " ON CONFLICT (message, n) DO UPDATE SET octets = excluded.octets",
                        id,
                        n,
                        octets));
    }

    /** Gives up what was written of a mail. */
    void abandon(String id) throws IOException {
        filler.ask(sql -> sql.update("UPDATE leftover SET since = 0 WHERE message = ?", id));
    }

    /**
     * Makes chunks those of a mail, within the transaction that puts it in.
     *
     * @throws SQLException when they are not all there: swept away, or lost by a server that crashed meanwhile
     */
    static void adopt(Sql sql, Message message) throws SQLException {
        int found = sql.update("DELETE FROM leftover WHERE message = ? AND since > 0", message.id());
        long size = sql.query(
                        row -> row.getLong(1),
                        "SELECT coalesce(sum(octet_length(octets)), 0) FROM chunk WHERE message = ?",
                        message.id())
                .getFirst();
        if (found != 1 || size != message.size()) {
            throw new SQLException(
                    "of mail " + message.id() + " " + size + " of " + message.size() + " octets are there", "P0002");
        }
    }

    Body body(Message message) {
        return Body.of(OptionalLong.of(message.size()), () -> open(message));
    }

    private InputStream open(Message message) throws IOException {
        @SuppressWarnings("ArrayRecordComponent") // compared by nobody
        record Found(String place, byte[] content) {}
        List<Found> found = reader.ask(sql -> sql.query(
                row -> new Found(row.getString(1), row.getBytes(2)),
                "SELECT place, content FROM message WHERE id = ?",
                message.id()));
        if (found.isEmpty()) {
            throw new IOException("mail " + message.id() + " is not in the queue any more");
        }
        return found.getFirst().place().equals(PostgresJob.Where.CHUNKS.text())
                ? new PostgresChunks(message, n -> chunk(message.id(), n))
                : new ByteArrayInputStream(found.getFirst().content());
    }

    private List<byte[]> chunk(String id, int n) throws IOException {
        return reader.ask(sql ->
                sql.query(row -> row.getBytes(1), "SELECT octets FROM chunk WHERE message = ? AND n = ?", id, n));
    }

    /** Removes chunks that belong to no mail, a few at a time. */
    void sweep() throws IOException {
        // marked first: a commit that comes now finds that it is too late
        filler.ask(sql -> sql.update(
                "UPDATE leftover SET since = 0 WHERE since > 0 AND since < " + now + " - ?", ABANDONED.toMillis()));
        List<String> left = filler.ask(sql -> sql.query(
                row -> row.getString(1), "SELECT message FROM leftover WHERE since = 0 LIMIT ?", LEFTOVERS_AT_ONCE));
        for (String id : left) {
            int removed;
            do {
                removed = filler.ask(sql -> sql.update(
                        "DELETE FROM chunk WHERE message = ? AND n IN (SELECT n FROM chunk WHERE message = ? LIMIT ?)",
                        id,
                        id,
                        CHUNKS_AT_ONCE));
            } while (removed > 0);
            filler.ask(sql -> sql.update("DELETE FROM leftover WHERE message = ? AND since = 0", id));
            LOG.debug("the chunks of {} are removed", id);
        }
    }
}
