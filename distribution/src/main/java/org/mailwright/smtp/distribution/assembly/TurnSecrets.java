package org.mailwright.smtp.distribution.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.mechanism.CramMd5Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.ClearSecretStore;
import org.mailwright.smtp.ext.auth.store.Credentials;

/**
 * The passwords of those who fetch mail with programs that know CRAM-MD5 alone, as on-demand mail relay was laid down.
 * For nothing else: by any other mechanism these users log in like all.
 */
record TurnSecrets(Map<Username, Path> files) implements ClearSecretStore {

    /** CRAM-MD5, where somebody needs it. */
    static List<Mechanism> mechanisms(ServerConfig config) {
        Map<Username, Path> files = new HashMap<>();
        config.turns()
                .forEach(turn -> turn.user()
                        .ifPresent(user -> turn.secretFile().ifPresent(file -> files.put(Username.of(user), file))));
        return files.isEmpty()
                ? List.of()
                : List.of(new CramMd5Mechanism(new TurnSecrets(files), new SecureRandom(), InstantSource.system()));
    }

    @Override
    public Optional<Credentials> find(Username user) {
        return Optional.empty();
    }

    @Override
    public Optional<Secret> clearSecret(Username user) throws IOException {
        Optional<Path> file = Optional.ofNullable(files.get(user));
        return file.isEmpty() ? Optional.empty() : Optional.of(first(file.get()));
    }

    private static Secret first(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String line = in.readLine();
            return Secret.of(line == null ? "" : line.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("turn.secret-file: " + file + " holds no password", e);
        }
    }
}
