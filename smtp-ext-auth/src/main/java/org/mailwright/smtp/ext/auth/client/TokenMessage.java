package org.mailwright.smtp.ext.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/** The exchange of both token mechanisms: a challenge means refusal, and gets the dummy response it waits for. */
final class TokenMessage implements ClientExchange {

    private final byte[] message;
    private final byte[] dummy;
    private boolean refused;

    TokenMessage(String before, Secret token, byte[] dummy) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((before + "auth=Bearer ").getBytes(UTF_8));
        text.writeBytes(token.octets());
        text.writeBytes("\1\1".getBytes(UTF_8));
        this.message = text.toByteArray();
        this.dummy = dummy.clone();
    }

    @Override
    public Optional<byte[]> initial() {
        return Optional.of(message.clone());
    }

    @Override
    public ClientAnswer step(byte[] challenge) {
        if (refused) {
            return new ClientAnswer.Abort("the server goes on after it has refused the token");
        }
        refused = true;
        return new ClientAnswer.Respond(dummy);
    }

    @Override
    public boolean complete() {
        return !refused;
    }
}
