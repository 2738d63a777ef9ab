package org.mailwright.smtp.ext.auth.store;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/**
 * Makes the credentials of a user from his password: the only place where a password becomes something to keep.
 *
 * @since 0.1.0
 */
public final class Enroller {

    private static final int SALT_OCTETS = 16;

    private final PasswordHasher hasher;
    private final Set<ScramHash> hashes;
    private final int iterations;
    private final SecureRandom random;

    /**
     * An enroller.
     *
     * @param hashes the hashes for which SCRAM keys are made
     * @param iterations the rounds of each, at least {@value ScramHash#MIN_ITERATIONS}
     */
    public Enroller(PasswordHasher hasher, Set<ScramHash> hashes, int iterations, SecureRandom random) {
        this.hasher = hasher;
        this.hashes = Set.copyOf(hashes);
        this.iterations = iterations;
        this.random = random;
    }

    /** The credentials of a user with this password, which is neither kept nor closed. Takes a noticeable time. */
    public Credentials enrol(Username user, Secret password) {
        Map<ScramHash, ScramKeys> keys = new EnumMap<>(ScramHash.class);
        for (ScramHash hash : hashes) {
            byte[] salt = new byte[SALT_OCTETS];
            random.nextBytes(salt);
            keys.put(hash, ScramKeys.derive(hash, password, salt, iterations));
        }
        return new Credentials(user, Optional.of(hasher.hash(password)), keys);
    }
}
