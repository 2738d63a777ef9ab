package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * A source of users and their credentials: a file, a database, a directory.
 *
 * <p>It is asked by many threads at once and may block.
 *
 * @since 0.1.0
 */
public interface CredentialStore {

    /**
     * The credentials of a user; empty when there is no such user.
     *
     * @throws IOException when the store cannot say: the client is told to try again later
     */
    Optional<Credentials> find(Username user) throws IOException;

    /**
     * A key that stays the same while the store lives, 16 octets or more; empty when the store has none.
     *
     * <p>From it come the salts that SCRAM shows for users who do not exist. When it is missing, they change with each
     * start of the server, and one who compares can tell them from real ones.
     *
     * @throws IOException when the store cannot be reached
     */
    default Optional<byte[]> decoyKey() throws IOException {
        return Optional.empty();
    }
}
