package org.mailwright.smtp.queue.sql;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Settlement;

/** What one caller wants to be committed together. */
record PostgresJob(List<Taken> mails, List<Settlement> settlements) {

    /**
     * A mail to be put in.
     *
     * @param place where its content is
     * @param content empty unless it is in the row
     * @param tells ids of the deliveries that a report tells of; empty when it is none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Taken(Message message, List<NewDelivery> deliveries, Where place, byte[] content, Set<Long> tells) {

        /** Makes a mail that somebody has sent. */
        Taken(Message message, List<NewDelivery> deliveries, Where place, byte[] content) {
            this(message, deliveries, place, content, Set.of());
        }

        /** Tells whether it goes in: a report does when one that it tells of was settled along. */
        boolean isWanted(Set<Long> settled) {
            return tells.isEmpty() || !Collections.disjoint(tells, settled);
        }
    }

    /** Where a content is: the names are those in the table. */
    enum Where {
        ROW("row"),
        CHUNKS("chunks");

        private final String text;

        Where(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static PostgresJob taking(Taken mail) {
        return new PostgresJob(List.of(mail), List.of());
    }

    static PostgresJob settling(List<Settlement> settlements, List<NewMail> reports) {
        return new PostgresJob(
                reports.stream()
                        .map(each ->
                                new Taken(each.message(), each.deliveries(), Where.ROW, each.content(), each.tells()))
                        .toList(),
                List.copyOf(settlements));
    }
}
