package org.mailwright.smtp.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The content of one mail on its way into the queue. Ends with exactly one of {@link #commit} and {@link #abort}. For
 * one thread at a time.
 *
 * @since 0.1.0
 */
public interface MailWriter {

    /**
     * Takes some octets of the content, lines ended by CRLF, without dot-stuffing. May block.
     *
     * @param octets valid only until the method returns; all of it is taken
     * @throws QueueFullException when there is no room
     * @throws IOException when it cannot be written; only {@link #abort} may follow
     */
    void write(ByteBuffer octets) throws IOException;

    /** Returns how many octets were taken. */
    long size();

    /**
     * Puts the mail into the queue. When this returns it is on the medium, content and deliveries, and survives the end
     * of the process and of the power. Blocks; many commits that wait at the same time share one write.
     *
     * @param message the envelope, with the size of what was written
     * @param deliveries at least one
     * @throws QueueFullException when there is no room
     * @throws IOException when it cannot be stored: then it is not in the queue
     */
    void commit(Message message, List<NewDelivery> deliveries) throws IOException;

    /** Forgets the mail. Does nothing after a commit. */
    void abort();
}
