package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * Compares passwords with the hashes of a {@link CredentialStore}.
 *
 * <p>Each attempt costs one hash, whether the user exists or not and whether he has a hash or not; a hash with another
 * cost than the present one takes the time of that.
 *
 * @since 0.1.0
 */
public final class StoredPasswords implements PasswordVerifier {

    private final CredentialStore store;
    private final PasswordHasher hasher;
    private final HashingPool pool;
    private final String decoy;

    /** A verifier over a store. */
    public StoredPasswords(CredentialStore store, PasswordHasher hasher, HashingPool pool) {
        this.store = store;
        this.hasher = hasher;
        this.pool = pool;
        this.decoy = hasher.decoy();
    }

    @Override
    public boolean verify(Username user, Secret password) throws IOException {
        Optional<String> hash =
                store.find(user).flatMap(Credentials::passwordHash).filter(hasher::recognises);
        boolean matches = pool.run(() -> hasher.verify(hash.orElse(decoy), password));
        return hash.isPresent() && matches;
    }
}
