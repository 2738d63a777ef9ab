package org.mailwright.smtp.core.extension;

import java.util.List;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Watches a session without a say in it: for logs, traces and figures. Called on the thread of the session, so it must
 * be quick and must not wait. What it throws is logged and otherwise ignored.
 *
 * @since 0.1.0
 */
public interface Observer {

    /** A client has connected. */
    default void connected(SessionView session) {}

    /**
     * A command was answered; one that asks back (AUTH) is told again with the reply to each further line.
     *
     * @param command with "***" in place of arguments that may be secret
     */
    default void answered(SessionView session, Command command, Reply reply) {}

    /**
     * A mail was taken or refused after its content.
     *
     * @param octets size of the content as received
     * @param replies what came of it: one for all recipients, or one for each
     */
    default void mail(SessionView session, Envelope envelope, long octets, List<Reply> replies) {}

    /**
     * The connection is gone.
     *
     * @param why "" for an ordinary end
     */
    default void closed(SessionView session, String why) {}
}
