package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * Says whether a password is a user's: with hashes of our own, or by asking somebody else (LDAP bind, RADIUS, PAM).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PasswordVerifier {

    /**
     * Whether there is such a user and the password is his. An unknown user must take as long as a known one.
     *
     * @param password not kept, not closed
     * @throws IOException when that cannot be said now: the client is told to try again later
     */
    boolean verify(Username user, Secret password) throws IOException;
}
