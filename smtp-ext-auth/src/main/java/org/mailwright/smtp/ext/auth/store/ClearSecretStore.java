package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * A store that knows the passwords themselves, without which CRAM-MD5 cannot be checked (RFC 2195).
 *
 * <p>One who reads such a store can log in as everyone; the user file is none.
 *
 * @since 0.1.0
 */
public interface ClearSecretStore extends CredentialStore {

    /**
     * The password of a user, which the caller closes; empty when there is no such user or he has none.
     *
     * @throws IOException when the store cannot say: the client is told to try again later
     */
    Optional<Secret> clearSecret(Username user) throws IOException;
}
