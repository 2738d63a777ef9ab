package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.config.AuthSettings;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.FailureLimits;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.UserFile;
import org.mailwright.smtp.mailbox.UserDirectory;

/** What a server has of smtp-ext-auth. */
final class AuthParts {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final UserFile users;
    private final AuthConfig config;

    private AuthParts(UserFile users, AuthConfig config) {
        this.users = users;
        this.config = config;
    }

    /** Reads the file of users. */
    static AuthParts open(ServerConfig config) throws AssemblyException {
        try {
            UserFile users = new UserFile(
                    config.users().file(),
                    new Argon2id(AuthConfig.DEFAULT.argon2(), new SecureRandom()),
                    new SecureRandom());
            return new AuthParts(users, authConfig(config.extensions().auth()));
        } catch (IOException e) {
            throw new AssemblyException("users.file: " + e.getMessage(), e);
        }
    }

    private static AuthConfig authConfig(AuthSettings settings) {
        FailureLimits failures = new FailureLimits(
                settings.failuresPerConnection(),
                settings.failureDelay(),
                longest(settings.failureDelay()),
                settings.failuresPerAddress(),
                settings.failureWindow(),
                FailureLimits.DEFAULT.addresses());
        return AuthConfig.DEFAULT
                .withMechanisms(settings.mechanisms().toArray(new String[0]))
                .withRequireTls(settings.requireTls())
                .withFailures(failures);
    }

    private static Duration longest(Duration first) {
        Duration fourth = first.multipliedBy(4);
        return fourth.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : fourth;
    }

    Extension extension() throws AssemblyException {
        try {
            return new AuthExtension(config, UserSources.of(users));
        } catch (IllegalArgumentException e) {
            throw new AssemblyException("extension.AUTH." + e.getMessage(), e);
        }
    }

    UserDirectory directory() {
        return mailbox -> {
            Optional<Username> name = Username.parse(mailbox.toString());
            return name.isPresent() && users.find(name.get()).isPresent();
        };
    }

    boolean hasUsers() throws AssemblyException {
        try {
            return !users.list().isEmpty();
        } catch (IOException e) {
            throw new AssemblyException("users.file: " + e.getMessage(), e);
        }
    }
}
