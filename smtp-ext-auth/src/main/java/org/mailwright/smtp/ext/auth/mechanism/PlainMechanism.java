package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.Arrays;
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
 * PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL passwd} in one message.
 *
 * @since 0.1.0
 */
public final class PlainMechanism implements Mechanism {

    private final PasswordCheck check;

    /** PLAIN over a verifier of passwords. */
    public PlainMechanism(PasswordVerifier passwords, Authorizer authorizer) {
        this.check = new PasswordCheck(passwords, authorizer);
    }

    @Override
    public String name() {
        return "PLAIN";
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
        return this::step;
    }

    private SaslStep step(byte[] response) throws IOException {
        int first = indexOfNul(response, 0);
        int second = first < 0 ? -1 : indexOfNul(response, first + 1);
        if (second < 0 || indexOfNul(response, second + 1) >= 0) {
            return SaslStep.malformed("PLAIN needs exactly two NULs");
        }
        Optional<Username> requested = Optional.empty();
        if (first > 0) {
            requested = Username.parse(Arrays.copyOf(response, first));
            if (requested.isEmpty()) {
                return SaslStep.malformed("the authorization identity cannot be a user's name");
            }
        }
        Optional<Username> user = Username.parse(Arrays.copyOfRange(response, first + 1, second));
        Optional<Secret> secret = Secret.parse(response, second + 1, response.length);
        if (user.isEmpty() || secret.isEmpty()) {
            secret.ifPresent(Secret::close);
            return SaslStep.malformed("name or password is empty, too long or holds forbidden characters");
        }
        try (Secret password = secret.get()) {
            return check.check(user.get(), requested, password);
        }
    }

    private static int indexOfNul(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
