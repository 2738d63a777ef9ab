package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.config.AuthSettings;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.FailureLimits;
import org.mailwright.smtp.ext.auth.PasswordLogin;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.UserFile;
import org.mailwright.smtp.mailbox.UserDirectory;

/** What a server has of smtp-ext-auth. */
final class AuthParts {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final UserFile users;
    private final AuthExtension extension;

    private AuthParts(UserFile users, AuthExtension extension) {
        this.users = users;
        this.extension = extension;
    }

    /** Reads the file of users. */
    static AuthParts open(ServerConfig config) throws AssemblyException {
        try {
            UserFile users = new UserFile(
                    config.users().file(),
                    new Argon2id(AuthConfig.DEFAULT.argon2(), new SecureRandom()),
                    new SecureRandom());
            return new AuthParts(
                    users,
                    new AuthExtension(
                            authConfig(config.extensions().auth()),
                            UserSources.of(users),
                            TurnSecrets.mechanisms(config),
                            new SecureRandom(),
                            InstantSource.system()));
        } catch (IOException e) {
            throw new AssemblyException("users.file: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new AssemblyException("extension.AUTH." + e.getMessage(), e);
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

    Extension extension() {
        return extension;
    }

    /** Lets users in who come by HTTP. */
    PasswordLogin passwordLogin() throws AssemblyException {
        return extension
                .passwordLogin()
                .orElseThrow(() -> new AssemblyException(
                        "extension.AUTH.mechanisms: expected PLAIN, which mail by HTTP needs, found none"));
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
