package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Decides at one {@link Stage} of a session: pass, refuse or drop. May block, unless it is
 * {@link org.mailwright.smtp.core.mail.NonBlocking}.
 *
 * @param <T> what it judges
 * @since 0.1.0
 */
@FunctionalInterface
public interface Gate<T> {

    /**
     * Judges.
     *
     * @throws SmtpException is a refusal with its reply
     * @throws IOException when something failed: becomes 451 4.3.0
     */
    Verdict judge(SessionView session, T subject) throws SmtpException, IOException;
}
