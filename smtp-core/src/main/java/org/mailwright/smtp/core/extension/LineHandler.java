package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Takes the line that answers a {@link Step.Ask}, without its CRLF and free of control characters.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LineHandler {

    /**
     * Answers.
     *
     * @throws SmtpException to refuse: its reply is sent and the dialogue of the verb is over
     * @throws IOException when something failed: becomes 451 4.3.0
     */
    Step line(String line, Session session) throws SmtpException, IOException;
}
