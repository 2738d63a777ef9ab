package org.mailwright.smtp.ext.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** PLAIN (RFC 4616). */
record PlainClient(ClientCredentials.Password credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public int strength() {
        return Strength.PLAIN;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ClientExchange start(ClientContext context) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(credentials.authorizationId().orElse("").getBytes(UTF_8));
        message.write(0);
        message.writeBytes(credentials.user().getBytes(UTF_8));
        message.write(0);
        message.writeBytes(credentials.password().octets());
        return new OneMessage(message.toByteArray());
    }
}
