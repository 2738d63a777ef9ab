package org.mailwright.smtp.core.client;

import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * One mail that waits to be sent, and what its result is told to.
 *
 * @since 0.1.0
 */
public interface MailJob {

    /** Returns the mail. */
    OutgoingMail mail();

    /** Tells whether nobody wants it sent any more; asked up to the moment at which its content goes out. */
    boolean cancelled();

    /** Takes the result, once, within an event of the connection: must not block. */
    void done(MailResult result);
}
