package org.mailwright.smtp.ext.turn;

import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;

/** The client's side of both verbs: asks for the other role, and takes it when it is given. */
record Asking(String verb, AttributeKey<Fetch> key, Words words) implements ClientStep, NonBlocking {

    private static final int GRANTED = 250;

    /** What stands behind the verb. */
    @FunctionalInterface
    interface Words {
        Command of(Fetch fetch);
    }

    @Override
    public ClientMove begin(PeerSession peer) {
        Optional<Fetch> fetch = peer.get(key);
        if (fetch.isEmpty()) {
            return ClientMove.done();
        }
        if (!peer.offers(verb)) {
            fetch.get().told().accept(Reply.of(502, "5.5.1", "The server does not offer " + verb));
            return ClientMove.done();
        }
        ClientMove.ReplyHandler handler =
                (ClientMove.ReplyHandler & NonBlocking) (reply, again) -> answered(fetch.get(), reply, again);
        return ClientMove.send(ClientLine.of(words.of(fetch.get())), handler);
    }

    private static ClientMove answered(Fetch fetch, Reply reply, PeerSession peer) {
        fetch.told().accept(reply);
        return reply.code() == GRANTED
                ? new ClientMove.HandOver(fetch.receiver().apply(peer))
                : ClientMove.done();
    }
}
