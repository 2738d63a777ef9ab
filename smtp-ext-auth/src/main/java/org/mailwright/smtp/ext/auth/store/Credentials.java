package org.mailwright.smtp.ext.auth.store;

import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/**
 * What a store keeps of one user.
 *
 * @param user his name in its normal form
 * @param passwordHash the hash that PLAIN and LOGIN are checked with, in PHC form; empty when he cannot use them
 * @param scram the keys for SCRAM, one set for each hash that he can use
 * @since 0.1.0
 */
public record Credentials(Username user, Optional<String> passwordHash, Map<ScramHash, ScramKeys> scram) {

    /** Copies the map. */
    public Credentials {
        scram = Map.copyOf(scram);
        scram.forEach((hash, keys) -> {
            if (keys.hash() != hash) {
                throw new IllegalArgumentException("keys of " + keys.hash() + " given for " + hash);
            }
        });
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", passwordHash=" + (passwordHash.isPresent() ? "hidden" : "none") + ", scram="
                + scram.keySet() + "]";
    }
}
