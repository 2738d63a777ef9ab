package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.ClearSecretStore;
import org.mailwright.smtp.ext.auth.store.Credentials;

/** A store in memory, which can be told to fail. */
public final class MapStore implements ClearSecretStore {

    private final Map<Username, Credentials> credentials = new HashMap<>();
    private final Map<Username, String> secrets = new HashMap<>();

    /** Whether each question is answered with an exception. */
    public boolean broken;

    /** Adds a user. */
    public MapStore with(Credentials added) {
        credentials.put(added.user(), added);
        return this;
    }

    /** Adds a user with a clear password. */
    public MapStore with(String user, String secret) {
        secrets.put(Username.of(user), secret);
        return this;
    }

    @Override
    public Optional<Credentials> find(Username user) throws IOException {
        check();
        return Optional.ofNullable(credentials.get(user));
    }

    @Override
    public Optional<Secret> clearSecret(Username user) throws IOException {
        check();
        return Optional.ofNullable(secrets.get(user)).map(Secret::of);
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("the store is broken");
        }
    }
}
