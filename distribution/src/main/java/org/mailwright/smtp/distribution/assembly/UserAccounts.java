package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.Enroller;
import org.mailwright.smtp.ext.auth.store.UserFile;

/**
 * The users in the file that a configuration names, to be changed.
 *
 * @since 0.1.0
 */
public final class UserAccounts {
    private final UserFile file;
    private final Enroller enroller;

    private UserAccounts(UserFile file, Enroller enroller) {
        this.file = file;
        this.enroller = enroller;
    }

    /**
     * Opens the file, which need not be there.
     *
     * @throws AssemblyException when it cannot be read, or users are nothing that this installation knows of
     */
    public static UserAccounts open(ServerConfig config, Installed installed) throws AssemblyException {
        if (!installed.has(Bundled.AUTH)) {
            throw new AssemblyException("users need the extension AUTH, which is not installed");
        }
        SecureRandom random = new SecureRandom();
        Argon2id hasher = new Argon2id(AuthConfig.DEFAULT.argon2(), random);
        try {
            UserFile file = new UserFile(config.users().file(), hasher, random);
            Enroller enroller = new Enroller(
                    hasher,
                    AuthConfig.DEFAULT.scram().hashes(),
                    AuthConfig.DEFAULT.scram().iterations(),
                    random);
            return new UserAccounts(file, enroller);
        } catch (IOException e) {
            throw new AssemblyException("users.file: " + e.getMessage(), e);
        }
    }

    /** All users, by name. */
    public List<String> list() throws IOException {
        return file.list().stream().map(Username::value).toList();
    }

    /** Tells whether there is a user of that name. */
    public boolean has(String user) throws IOException {
        return file.find(Username.of(user)).isPresent();
    }

    /**
     * Adds a user.
     *
     * @param password not altered; erasing it is the caller's task
     * @throws IllegalArgumentException when it cannot be a password
     */
    public void add(String user, char[] password) throws IOException {
        try (Secret secret = Secret.of(password)) {
            if (!file.add(enroller.enrol(Username.of(user), secret))) {
                throw new IOException(user + " has become a user meanwhile");
            }
        }
    }

    /**
     * Gives a user another password.
     *
     * @throws IllegalArgumentException when it cannot be a password
     */
    public void change(String user, char[] password) throws IOException {
        try (Secret secret = Secret.of(password)) {
            if (!file.replace(enroller.enrol(Username.of(user), secret))) {
                throw new IOException(user + " is no user any more");
            }
        }
    }

    /** Removes a user. */
    public void remove(String user) throws IOException {
        if (!file.remove(Username.of(user))) {
            throw new IOException(user + " is no user any more");
        }
    }
}
