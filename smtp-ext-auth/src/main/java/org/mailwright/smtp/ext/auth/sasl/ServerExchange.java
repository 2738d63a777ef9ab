package org.mailwright.smtp.ext.auth.sasl;

import java.io.IOException;

/**
 * One attempt of a client to log in, seen from the server.
 *
 * <p>The caller calls {@link #open()} when the client sent no initial response, and {@link #step} with each response
 * that follows, until the answer is no {@link SaslStep.Challenge}. An exchange is used by one thread at a time and is
 * thrown away afterwards.
 *
 * @since 0.1.0
 */
public interface ServerExchange {

    /**
     * The first challenge when the client sent no initial response: the empty one unless the server speaks first.
     *
     * @throws IOException when what the mechanism depends on cannot be reached
     */
    default SaslStep open() throws IOException {
        return SaslStep.Challenge.EMPTY;
    }

    /**
     * Takes one response of the client, already decoded from base64.
     *
     * @param response the octets of the response; not kept, not altered
     * @throws IOException when the credentials cannot be looked up or checked now: a temporary failure
     */
    SaslStep step(byte[] response) throws IOException;
}
