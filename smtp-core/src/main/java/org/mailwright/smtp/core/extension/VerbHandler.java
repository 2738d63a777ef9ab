package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Answers one verb. May block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface VerbHandler {

    /**
     * Answers.
     *
     * @throws SmtpException to refuse: its reply is sent
     * @throws IOException when something failed: becomes 451 4.3.0
     */
    Step handle(Command command, Session session) throws SmtpException, IOException;
}
