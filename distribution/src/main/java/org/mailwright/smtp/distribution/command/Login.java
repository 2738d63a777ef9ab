package org.mailwright.smtp.distribution.command;

import java.util.Arrays;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/** A user and his password, which {@link #close} erases. */
final class Login implements AutoCloseable {
    private final String user;
    private final char[] password;

    Login(String user, char[] password) {
        this.user = user;
        this.password = password;
    }

    String user() {
        return user;
    }

    /**
     * The password in a form that must be closed.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    Secret secret() {
        return Secret.of(password);
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    /** The name, never the password. */
    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
