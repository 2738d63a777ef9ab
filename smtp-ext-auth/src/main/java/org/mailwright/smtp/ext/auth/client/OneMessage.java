package org.mailwright.smtp.ext.auth.client;

import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;

/** An exchange in which the client says all in its first message. */
final class OneMessage implements ClientExchange {

    private final byte[] message;

    OneMessage(byte[] message) {
        this.message = message.clone();
    }

    @Override
    public Optional<byte[]> initial() {
        return Optional.of(message.clone());
    }

    @Override
    public ClientAnswer step(byte[] challenge) {
        return new ClientAnswer.Abort("the server asks for more than this mechanism has to say");
    }

    @Override
    public boolean complete() {
        return true;
    }
}
