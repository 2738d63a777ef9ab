package org.mailwright.smtp.ext.auth.sasl;

import java.util.Optional;

/**
 * One attempt to log in, seen from the client.
 *
 * @since 0.1.0
 */
public interface ClientExchange {

    /** The initial response, sent with the command; empty when the server speaks first. */
    Optional<byte[]> initial();

    /** Answers one challenge of the server, already decoded from base64; the server may be hostile. */
    ClientAnswer step(byte[] challenge);

    /**
     * Whether the server may say now that the login has succeeded: {@code false} while it has not proved that it knows
     * the secret itself, where the mechanism asks for that.
     */
    boolean complete();
}
