package org.mailwright.smtp.ext.verify;

import java.io.IOException;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Knows users and mailing lists. May block, unless it is {@link NonBlocking}; many sessions ask at the same time.
 *
 * @since 0.1.0
 */
public interface Directory {

    /**
     * Tells who is meant (VRFY).
     *
     * @param name what the client asked for: a user's name or a mailbox, quotes and brackets as given; printable, in
     *     US-ASCII unless the listener has SMTPUTF8, 1 to 1000 characters
     * @param session who asks
     * @throws SmtpException to answer something else
     * @throws IOException when it cannot be known now: becomes 451 4.3.0
     */
    Verification verify(String name, SessionView session) throws SmtpException, IOException;

    /**
     * Tells who is on a list (EXPN).
     *
     * @param name what the client asked for; see {@link #verify}
     * @param session who asks
     * @throws SmtpException to answer something else
     * @throws IOException when it cannot be known now: becomes 451 4.3.0
     */
    Expansion expand(String name, SessionView session) throws SmtpException, IOException;

    /** Returns a directory that tells nothing of anyone. */
    static Directory silent() {
        return new Silent();
    }

    /** Tells nothing. */
    record Silent() implements Directory, NonBlocking {
        @Override
        public Verification verify(String name, SessionView session) {
            return new Verification.Unverified();
        }

        @Override
        public Expansion expand(String name, SessionView session) {
            return new Expansion.Undisclosed();
        }
    }
}
