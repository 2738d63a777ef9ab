package org.mailwright.smtp.core.extension;

import java.io.IOException;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * What a client does next within a {@link ClientStep}. A step never touches a socket: it returns one of these, and the
 * core does the framing, the waiting, the TLS switch and the forgetting. To give the connection up, a step throws.
 *
 * @since 0.1.0
 */
public sealed interface ClientMove {

    /** Sends a line and waits for the reply to it. */
    record Send(ClientLine line, ReplyHandler next) implements ClientMove {}

    /**
     * Switches to TLS, forgets what the peer offered, and presents itself again (RFC 3207 §4.2). Octets that came in
     * clear behind the last reply end the connection. When the handshake fails, the connection ends.
     */
    record UpgradeTls(TlsPolicy policy) implements ClientMove {}

    /** Forgets what the peer offered, and presents itself again. */
    record Greet() implements ClientMove {}

    /** Gives the connection to another conversation: client and server change places (TURN, ATRN). */
    record HandOver(Conversation next) implements ClientMove {}

    /** The step is over; the next one is asked. */
    record Done() implements ClientMove {
        private static final Done DONE = new Done();
    }

    /** Takes the reply to a {@link Send}. May block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}. */
    @FunctionalInterface
    interface ReplyHandler {

        /**
         * Goes on.
         *
         * @param reply as the peer gave it; never 421, which ends the connection
         * @throws SmtpException to give the connection up; see {@link ClientStep#begin}
         * @throws IOException when something failed; see {@link ClientStep#begin}
         */
        ClientMove replied(Reply reply, PeerSession peer) throws SmtpException, IOException;
    }

    /** Returns {@link Done}. */
    static ClientMove done() {
        return Done.DONE;
    }

    /** Returns {@link Send}. */
    static ClientMove send(ClientLine line, ReplyHandler next) {
        return new Send(line, next);
    }
}
