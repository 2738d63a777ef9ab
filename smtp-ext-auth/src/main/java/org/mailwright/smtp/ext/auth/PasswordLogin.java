package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in clients of another protocol than SMTP, who show name and password in one go: the users are those of AUTH, and
 * failures are held back and counted together with those of AUTH. Whoever uses it sees to it that passwords travel in
 * TLS or not at all.
 *
 * @since 0.1.0
 */
public final class PasswordLogin {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordLogin.class);

    private final Mechanism plain;
    private final Attempts attempts;

    PasswordLogin(Mechanism plain, Attempts attempts) {
        this.plain = plain;
        this.attempts = attempts;
    }

    /**
     * Checks. Blocks while the password is hashed, and while the answer to a wrong one is held back.
     *
     * @return who it is; empty when name or password are wrong
     * @throws IOException when it cannot be found out now, or the client's address has failed too often of late
     */
    public Optional<Identity> check(String name, String password, SocketAddress client) throws IOException {
        if (attempts.exhausted(client)) {
            throw new IOException("too many failed attempts to log in from " + client);
        }
        ByteBuffer message = StandardCharsets.UTF_8.encode("\0" + name + "\0" + password);
        byte[] octets = new byte[message.remaining()];
        message.get(octets);
        try {
            SaslContext context = new SaslContext("", SecureChannel.CLEAR, false);
            return switch (plain.start(context).step(octets)) {
                case SaslStep.Success(var authenticated, var user) ->
                    Optional.of(new Identity(user.value(), plain.name()));
                case SaslStep.Failure failure -> failed(client, failure.detail());
                case SaslStep.Challenge challenge -> failed(client, "a challenge that nobody can answer");
            };
        } finally {
            Arrays.fill(octets, (byte) 0);
            message.clear();
            message.put(new byte[message.remaining()]);
        }
    }

    private Optional<Identity> failed(SocketAddress client, String detail) {
        LOG.info("login from {} failed: {}", client, detail);
        attempts.failed(client);
        return Optional.empty();
    }
}
