package org.mailwright.smtp.queue;

import java.time.Instant;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;

/**
 * One accepted mail, without its recipients and its content: immutable as long as the queue keeps it.
 *
 * @param id names the mail from its acceptance to its end: in the trace field, the log and the reply; letters and
 *     digits
 * @param reversePath where reports go, may be null ({@code <>})
 * @param attributes values of MAIL parameters that survive the queue
 * @param provenance where it came from
 * @param accepted when it was accepted
 * @param expires when what is still undelivered is given up
 * @param size octets of the content, with CRLF line ends and without dot-stuffing
 * @since 0.1.0
 */
public record Message(
        String id,
        ReversePath reversePath,
        Attributes attributes,
        Provenance provenance,
        Instant accepted,
        Instant expires,
        long size) {

    /** Checks the id. */
    public Message {
        if (id.isEmpty() || id.length() > 64 || !id.chars().allMatch(Message::isIdCharacter)) {
            throw new IllegalArgumentException("the id of a mail is 1 to 64 letters and digits, not " + id);
        }
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * Returns the mail as it is sent on: with all that its sender asked for, or without what ends at a mailing list.
     *
     * @param reports where reports go: another address than the reverse-path is the owner of a list
     */
    public Message sentOn(ReversePath reports) {
        return reports.equals(reversePath)
                ? this
                : new Message(id, reversePath, attributes.beyondLists(), provenance, accepted, expires, size);
    }

    /** Returns the same with another size. */
    public Message withSize(long octets) {
        return new Message(id, reversePath, attributes, provenance, accepted, expires, octets);
    }
}
