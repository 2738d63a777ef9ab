package org.mailwright.smtp.core.extension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Takes octets that are no commands. When it throws, the core reads and drops the rest and answers with the reply
 * thrown. Ends with {@link #end}, or with {@link #abort} after a failure or when the peer goes away.
 *
 * @since 0.1.0
 */
public interface BodyReceiver {

    /** Takes some octets, valid until the method returns. */
    void write(ByteBuffer octets) throws SmtpException, IOException;

    /**
     * Ends: everything has come.
     *
     * @return the replies to send, at least one; in LMTP one per recipient
     */
    List<Reply> end() throws SmtpException, IOException;

    /** Ends without success. */
    void abort();

    /**
     * Returns how a failure is told, given the one reply that stands for it: as it is, or once per recipient in LMTP
     * (RFC 2033 §4.2).
     */
    default List<Reply> refuse(Reply reply) {
        return List.of(reply);
    }

    /** Tells whether its methods may wait. */
    default boolean mayBlock() {
        return NonBlocking.mayBlock(this);
    }

    /** Returns a receiver that drops everything and answers with one reply: for octets of a refused command. */
    static BodyReceiver discarding(Reply reply) {
        return new Discarding(reply);
    }

    /** Drops everything. */
    record Discarding(Reply reply) implements BodyReceiver, NonBlocking {
        @Override
        public void write(ByteBuffer octets) {
            octets.position(octets.limit());
        }

        @Override
        public List<Reply> end() {
            return List.of(reply);
        }

        @Override
        public void abort() {
            // keeps nothing
        }
    }
}
