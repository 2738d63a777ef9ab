package org.mailwright.smtp.ext.turn;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.Conversation;

/**
 * What a client fetches from a server by ATRN or TURN, before the first mail of a connection.
 *
 * @param domains whose mail (ATRN); none: all that the server keeps for this user. TURN does not say: it is that of the
 *     name by which the client presents itself
 * @param receiver makes the server that takes the mail when the roles have changed, such as a
 *     {@link org.mailwright.smtp.core.session.ServerSession} that inherits the TLS of the peer. Must not block
 * @param told takes the answer; where the server does not offer the verb, a 502 that it did not say. Must not block
 * @since 0.1.0
 */
public record Fetch(List<Domain> domains, Function<PeerView, Conversation> receiver, Consumer<Reply> told) {

    /** Copies the list. */
    public Fetch {
        domains = List.copyOf(domains);
    }
}
