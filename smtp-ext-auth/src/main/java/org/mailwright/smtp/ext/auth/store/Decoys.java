package org.mailwright.smtp.ext.auth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/**
 * Makes the SCRAM keys of users who do not exist: the same name gets the same salt each time (RFC 5802 section 5.1),
 * and no proof ever fits.
 *
 * @since 0.1.0
 */
public final class Decoys {

    private static final int SALT_OCTETS = 16;

    private final CredentialStore store;
    private final int iterations;
    private final byte[] ownKey = new byte[32];

    /**
     * Decoys for a store, from its key or, where it has none, from a random one.
     *
     * @param iterations as many as real users have
     */
    public Decoys(CredentialStore store, int iterations, SecureRandom random) {
        this.store = store;
        this.iterations = iterations;
        random.nextBytes(ownKey);
    }

    /**
     * The keys to show for a user who has none.
     *
     * @throws IOException when the store cannot be reached
     */
    public ScramKeys keys(ScramHash hash, Username user) throws IOException {
        byte[] key = store.decoyKey().orElse(ownKey);
        byte[] salt = derive(hash, key, "salt", user);
        return new ScramKeys(
                hash,
                iterations,
                Arrays.copyOf(salt, SALT_OCTETS),
                derive(hash, ownKey, "stored", user),
                derive(hash, ownKey, "server", user));
    }

    private static byte[] derive(ScramHash hash, byte[] key, String purpose, Username user) {
        return hash.hmac(key, (hash.mechanism() + '\0' + purpose + '\0' + user.value()).getBytes(UTF_8));
    }
}
