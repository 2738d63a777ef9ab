package org.mailwright.smtp.ext.auth;

import java.util.EnumSet;
import java.util.Set;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/**
 * Which keys for SCRAM are kept of a new password, and how costly it is to guess a password from them.
 *
 * @param hashes for which keys are kept and mechanisms offered
 * @param iterations {@value ScramHash#MIN_ITERATIONS} to {@value ScramKeys#MAX_ITERATIONS}; the client computes them at
 *     each login, the server when a password is set. The salts shown for unknown users carry this number, so users who
 *     were added with another can be told from them
 * @since 0.1.0
 */
public record ScramPolicy(Set<ScramHash> hashes, int iterations) {

    /** All three hashes, 65,536 iterations. */
    public static final ScramPolicy DEFAULT = new ScramPolicy(EnumSet.allOf(ScramHash.class), 65_536);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the key that is out of bounds
     */
    public ScramPolicy {
        hashes = Set.copyOf(hashes);
        if (iterations < ScramHash.MIN_ITERATIONS || iterations > ScramKeys.MAX_ITERATIONS) {
            throw new IllegalArgumentException("scram-iterations: expected " + ScramHash.MIN_ITERATIONS + " to "
                    + ScramKeys.MAX_ITERATIONS + ", found " + iterations);
        }
    }
}
