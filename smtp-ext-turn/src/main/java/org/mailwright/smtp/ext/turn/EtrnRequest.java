package org.mailwright.smtp.ext.turn;

import java.util.List;
import java.util.function.BiConsumer;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What a client asks a server for by ETRN, before the first mail of a connection.
 *
 * @param nodes whose mail
 * @param told takes the answer to each; where the server does not offer ETRN, a 502 that it did not say. Must not block
 * @since 0.1.0
 */
public record EtrnRequest(List<EtrnNode> nodes, BiConsumer<EtrnNode, Reply> told) {

    /** Copies the list. */
    public EtrnRequest {
        nodes = List.copyOf(nodes);
    }
}
