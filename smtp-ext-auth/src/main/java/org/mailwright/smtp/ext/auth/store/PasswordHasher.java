package org.mailwright.smtp.ext.auth.store;

import org.mailwright.smtp.ext.auth.sasl.Secret;

/**
 * A slow, salted password hash whose results are texts in PHC form ({@code $name$parameters$salt$hash}).
 *
 * @since 0.1.0
 */
public interface PasswordHasher {

    /** The hash of a password, with a new salt. */
    String hash(Secret password);

    /** Whether a hash is of this password; {@code false} also for a text that is no hash of this kind. */
    boolean verify(String hash, Secret password);

    /** Whether a text is a hash that {@link #verify} can check. */
    boolean recognises(String hash);

    /** A hash of nothing: {@link #verify} of it costs as much as that of a real one and is never {@code true}. */
    String decoy();
}
