package org.mailwright.smtp.ext.auth.client;

import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.CramMd5;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

/** CRAM-MD5 (RFC 2195). */
record CramMd5Client(ClientCredentials.Password credentials) implements ClientMechanism {

    @Override
    public String name() {
        return "CRAM-MD5";
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public int strength() {
        return Strength.CRAM_MD5;
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
        private boolean answered;

        Exchange(ClientCredentials.Password credentials) {
            this.credentials = credentials;
        }

        @Override
        public Optional<byte[]> initial() {
            return Optional.empty();
        }

        @Override
        public ClientAnswer step(byte[] challenge) {
            if (answered) {
                return new ClientAnswer.Abort("the server asks for more than one answer");
            }
            // An empty or broken challenge would let a hostile server use an answer computed in advance.
            Optional<String> text = Utf8.decode(challenge).filter(t -> t.startsWith("<") && t.endsWith(">"));
            if (text.isEmpty()) {
                return new ClientAnswer.Abort("the challenge of CRAM-MD5 is no message identifier");
            }
            answered = true;
            String digest = CramMd5.digest(credentials.password(), text.get());
            return ClientAnswer.Respond.of(credentials.user() + ' ' + digest);
        }

        @Override
        public boolean complete() {
            return answered;
        }
    }
}
