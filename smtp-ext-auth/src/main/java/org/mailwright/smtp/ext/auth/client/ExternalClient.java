package org.mailwright.smtp.ext.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** EXTERNAL (RFC 4422 appendix A). */
record ExternalClient(ClientCredentials.Certificate credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "EXTERNAL";
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public int strength() {
        return Strength.EXTERNAL;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return channel.encrypted();
    }

    @Override
    public ClientExchange start(ClientContext context) {
        return new OneMessage(credentials.authorizationId().orElse("").getBytes(UTF_8));
    }
}
