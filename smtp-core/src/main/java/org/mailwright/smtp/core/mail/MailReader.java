package org.mailwright.smtp.core.mail;

import java.io.IOException;
import java.io.InputStream;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Takes a mail by reading its content from a stream: what {@link MessageSink#reading} makes a sink of. It runs on a
 * virtual thread of its own, so it may block; many mails are read at the same time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MailReader {

    /**
     * Reads one mail and answers for it. Returning before the end of the content is allowed: the rest is thrown away. A
     * positive reply to content of which nothing was read becomes 451 4.3.0, for a mail that nobody looked at was lost.
     *
     * @param content lines ended by CRLF, without dot-stuffing; need not be closed. Its end (-1) means that the mail is
     *     complete and that nothing has refused it; it throws {@link IOException} when the client goes away or
     *     something refuses the mail before that, and then no reply counts any more
     * @return for all recipients; after a positive one the mail must never be lost
     * @throws SmtpException when none of the recipients gets it
     * @throws IOException becomes 451 4.3.0
     */
    Reply read(Envelope envelope, InputStream content) throws SmtpException, IOException;
}
