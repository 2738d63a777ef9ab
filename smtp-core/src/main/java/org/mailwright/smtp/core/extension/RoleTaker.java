package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.transport.Conversation;

/**
 * Takes a connection over when client and server change places (RFC 821 §3.8 TURN, RFC 2645 ATRN).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RoleTaker {

    /**
     * Returns the conversation that goes on with the connection. Must not block.
     *
     * @param session the session that ends
     */
    Conversation take(SessionView session);
}
