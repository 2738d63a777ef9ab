package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.CramMd5;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.ClearSecretStore;

/**
 * CRAM-MD5 (RFC 2195): the client answers a challenge, new each time, with {@code name HMAC-MD5(password, challenge)}.
 *
 * <p>Off by default: it needs a store of clear passwords, and whoever reads the connection can try passwords at
 * leisure.
 *
 * @since 0.1.0
 */
public final class CramMd5Mechanism implements Mechanism {

    private final ClearSecretStore store;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Secret decoy;

    /** CRAM-MD5 over a store that knows the passwords. */
    public CramMd5Mechanism(ClearSecretStore store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
        this.decoy = Secret.of(randomHex());
    }

    @Override
    public String name() {
        return "CRAM-MD5";
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public boolean initialResponse() {
        return false;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ServerExchange start(SaslContext context) {
        return new Exchange('<' + randomHex() + '.' + clock.millis() + '@' + context.hostname() + '>');
    }

    private String randomHex() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private final class Exchange implements ServerExchange {

        private final String challenge;

        Exchange(String challenge) {
            this.challenge = challenge;
        }

        @Override
        public SaslStep open() {
            return SaslStep.Challenge.of(challenge);
        }

        @Override
        public SaslStep step(byte[] response) throws IOException {
            int space = response.length - CramMd5.DIGITS - 1;
            if (space < 1 || response[space] != ' ') {
                return SaslStep.malformed("expected name, space and 32 hexadecimal digits");
            }
            Optional<Username> user = Username.parse(Arrays.copyOf(response, space));
            if (user.isEmpty()) {
                return SaslStep.malformed("this cannot be a user's name");
            }
            byte[] shown = Arrays.copyOfRange(response, space + 1, response.length);
            try (Secret password = store.clearSecret(user.get()).orElseGet(decoy::copy)) {
                byte[] expected = CramMd5.digest(password, challenge).getBytes(US_ASCII);
                return MessageDigest.isEqual(expected, shown)
                        ? new SaslStep.Success(user.get(), user.get())
                        : SaslStep.denied("wrong user or password");
            }
        }
    }
}
