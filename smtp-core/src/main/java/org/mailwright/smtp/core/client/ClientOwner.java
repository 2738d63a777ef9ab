package org.mailwright.smtp.core.client;

import java.util.Optional;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Outcome;

/**
 * Whoever feeds a {@link ClientSession}: a connection pool, say. All methods are called within events of the
 * connection, and must not block.
 *
 * @since 0.1.0
 */
public interface ClientOwner {

    /** Tells that the connection is there; nothing has been said yet. */
    default void connected() {}

    /** Tells that mails can be sent. */
    default void ready(PeerView peer) {}

    /**
     * Returns the next mail for this connection, if there is one. Asked whenever one could begin: when the connection
     * is ready, when it has been {@linkplain ClientSession#wake woken}, and, where the peer takes commands in groups,
     * as soon as the content of the mail before is on its way.
     */
    Optional<MailJob> next();

    /** Tells that the connection has nothing to do: {@link ClientSession#wake} it, or {@link ClientSession#quit}. */
    void idle();

    /**
     * Tells that the connection is gone. Each mail that it had taken has got its result before.
     *
     * @param ready whether it was ever ready for mails
     * @param outcome what a mail would have got that had waited for it
     */
    void closed(boolean ready, Outcome outcome);
}
