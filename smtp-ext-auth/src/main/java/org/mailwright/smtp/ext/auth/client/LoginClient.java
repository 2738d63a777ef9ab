package org.mailwright.smtp.ext.auth.client;

import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** LOGIN (draft-murchison-sasl-login): answers the first question with the name and the second with the password. */
record LoginClient(ClientCredentials.Password credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public int strength() {
        return Strength.LOGIN;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return credentials.authorizationId().isEmpty();
    }

    @Override
    public ClientExchange start(ClientContext context) {
        return new Exchange(credentials);
    }

    private static final class Exchange implements ClientExchange {

        private final ClientCredentials.Password credentials;
        private int questions;

        Exchange(ClientCredentials.Password credentials) {
            this.credentials = credentials;
        }

        @Override
        public Optional<byte[]> initial() {
            return Optional.empty();
        }

        // Servers word their questions differently, so only their number counts.
        @Override
        public ClientAnswer step(byte[] challenge) {
            questions++;
            if (questions == 1) {
                return ClientAnswer.Respond.of(credentials.user());
            }
            return questions == 2
                    ? new ClientAnswer.Respond(credentials.password().octets())
                    : new ClientAnswer.Abort("the server asks for more than a name and a password");
        }

        @Override
        public boolean complete() {
            return questions == 2;
        }
    }
}
