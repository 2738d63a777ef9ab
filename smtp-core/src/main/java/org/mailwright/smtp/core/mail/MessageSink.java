package org.mailwright.smtp.core.mail;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Takes accepted mails: the one place where server and queue meet. It may block, unless it is marked
 * {@link NonBlocking}; then it is called on an I/O thread. Many mails are taken at the same time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MessageSink {

    /**
     * Begins to take one mail.
     *
     * @throws SmtpException when it is refused; the rest of the mail is read and thrown away
     * @throws IOException becomes 451 4.3.0
     */
    Intake open(Envelope envelope) throws SmtpException, IOException;

    /**
     * Returns a sink for authors who would rather read a stream than be given octets. Each mail has a virtual thread of
     * its own for that; its content is handed over piece by piece and never collected.
     *
     * @param reader called once per mail, when its content begins
     */
    static MessageSink reading(MailReader reader) {
        return envelope -> ReadingIntake.start(envelope, reader);
    }

    /** One mail on its way in. Ends with exactly one of {@link #commit} and {@link #abort}. */
    interface Intake {

        /**
         * Takes some octets of the content, lines ended by CRLF, without dot-stuffing.
         *
         * @param octets valid only until the method returns; all of it is taken
         */
        void write(ByteBuffer octets) throws SmtpException, IOException;

        /**
         * Makes the mail durable. After a positive reply it must never be lost.
         *
         * @throws SmtpException when none of the recipients gets it
         * @throws IOException becomes 451 4.3.0 for all recipients
         */
        Acceptance commit() throws SmtpException, IOException;

        /** Forgets the mail: the client went away, or something refused it. Never called after a commit. */
        void abort();
    }
}
