package org.mailwright.smtp.core.extension;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Passes the octets of one mail on, changed or unchanged, counted or checked, on their way to the sink.
 *
 * @since 0.1.0
 */
public interface ContentStage {

    /** Where the octets go next. */
    @FunctionalInterface
    interface Next {
        /** Takes some octets, valid until the method returns. */
        void write(ByteBuffer octets) throws SmtpException, IOException;
    }

    /** Makes a stage for each mail. */
    @FunctionalInterface
    interface Factory {
        /** Returns a stage for this mail; {@link ContentStage#PASS} when it has nothing to do with it. */
        ContentStage open(Envelope envelope, SessionView session);
    }

    /** Passes everything on. */
    ContentStage PASS = (octets, next) -> next.write(octets);

    /**
     * Returns a stage for content that came by another way than DATA: in chunks, or from elsewhere. It sees to it that
     * only CRLF ends a line, and that the last line is ended, as DATA does.
     *
     * @param mends whether bare CR and LF become CRLF; else such a mail is refused (550 5.6.11)
     */
    static ContentStage lines(boolean mends) {
        return mends ? StrictLines.mended() : StrictLines.checked();
    }

    /**
     * Takes some octets, valid until the method returns.
     *
     * @throws SmtpException refuses the mail; the rest of it is read and dropped
     */
    void write(ByteBuffer octets, Next next) throws SmtpException, IOException;

    /** Ends: passes on what was held back. */
    default void end(Next next) throws SmtpException, IOException {}
}
