package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;

/**
 * LOGIN (draft-murchison-sasl-login): the server asks for the name, then for the password; old clients know nothing
 * else. The name may come as initial response.
 *
 * @since 0.1.0
 */
public final class LoginMechanism implements Mechanism {

    private static final SaslStep ASK_NAME = SaslStep.Challenge.of("Username:");
    private static final SaslStep ASK_PASSWORD = SaslStep.Challenge.of("Password:");

    private final PasswordCheck check;

    /** LOGIN over a verifier of passwords. */
    public LoginMechanism(PasswordVerifier passwords, Authorizer authorizer) {
        this.check = new PasswordCheck(passwords, authorizer);
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public boolean initialResponse() {
        return true;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ServerExchange start(SaslContext context) {
        return new Exchange(check);
    }

    private static final class Exchange implements ServerExchange {

        private final PasswordCheck check;
        private Optional<Username> user = Optional.empty();

        Exchange(PasswordCheck check) {
            this.check = check;
        }

        @Override
        public SaslStep open() {
            return ASK_NAME;
        }

        @Override
        public SaslStep step(byte[] response) throws IOException {
            if (user.isEmpty()) {
                user = Username.parse(response);
                return user.isPresent() ? ASK_PASSWORD : SaslStep.malformed("this cannot be a user's name");
            }
            Optional<Secret> secret = Secret.parse(response);
            if (secret.isEmpty()) {
                return SaslStep.malformed("password is empty, too long or holds forbidden characters");
            }
            try (Secret password = secret.get()) {
                return check.check(user.get(), Optional.empty(), password);
            }
        }
    }
}
