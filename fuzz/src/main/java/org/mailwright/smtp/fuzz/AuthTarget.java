package org.mailwright.smtp.fuzz;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.FailureLimits;
import org.mailwright.smtp.ext.auth.ScramPolicy;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;
import org.mailwright.smtp.ext.auth.store.ClearSecretStore;
import org.mailwright.smtp.ext.auth.store.Credentials;

/**
 * AUTH with every mechanism, in a session whose client has no password and no token: whatever it sends, it does not get
 * in, and nothing breaks.
 *
 * @since 0.1.0
 */
public final class AuthTarget {

    private static final String[] MECHANISMS = {
        "PLAIN",
        "LOGIN",
        "CRAM-MD5",
        "SCRAM-SHA-1",
        "SCRAM-SHA-256",
        "SCRAM-SHA-512",
        "SCRAM-SHA-256-PLUS",
        "XOAUTH2",
        "OAUTHBEARER",
        "EXTERNAL"
    };

    private static final FailureLimits QUICK =
            new FailureLimits(20, Duration.ZERO, Duration.ZERO, 1000, Duration.ofMinutes(1), 10);
    private static final Users USERS = new Users();

    private AuthTarget() {}

    /** Takes a {@link Script} with the settings of {@link ServerSetup}. */
    public static void fuzzerTestOneInput(byte[] data) {
        ServerSetup setup = new ServerSetup(Script.of(data, ServerSetup.SETTINGS), AuthTarget::extensions);
        ServerRun whole = new ServerRun(setup, Cuts.WHOLE, true);
        whole.play(new ServerRun.Listener() {});
        for (String said : whole.transcript()) {
            Check.that(!said.contains("Authentication successful"), "somebody got in");
        }
        whole.checkCuts();
    }

    private static List<Extension> extensions() {
        AuthConfig config = AuthConfig.DEFAULT
                .withMechanisms(MECHANISMS)
                .withRequireTls(false)
                .withFailures(QUICK)
                .withScram(new ScramPolicy(Set.of(ScramHash.values()), ScramHash.MIN_ITERATIONS));
        TokenVerifier nobody = (token, claimed) -> TokenVerifier.Verdict.Rejected.WITHOUT_HINT;
        UserSources sources =
                UserSources.of(USERS).withPasswords((user, password) -> false).withTokens(nobody);
        return List.of(
                new AuthExtension(config, sources, List.of(), new Counting(), InstantSource.fixed(Instant.EPOCH)));
    }

    /** One user, with a password that no script holds. */
    private static final class Users implements ClearSecretStore {
        private final Secret password = Secret.of("9f3c1b7e-a8d0-4c55-b6f2-1d2e3f4a5b6c");
        private final Map<ScramHash, ScramKeys> keys = new EnumMap<>(ScramHash.class);

        Users() {
            for (ScramHash hash : ScramHash.values()) {
                keys.put(hash, ScramKeys.derive(hash, password, new byte[16], ScramHash.MIN_ITERATIONS));
            }
        }

        @Override
        public Optional<Credentials> find(Username user) throws IOException {
            return user.value().equals("u@example.test")
                    ? Optional.of(new Credentials(user, Optional.empty(), keys))
                    : Optional.empty();
        }

        @Override
        public Optional<Secret> clearSecret(Username user) throws IOException {
            return find(user).map(found -> password);
        }
    }

    /** The same numbers each time, so that a dialogue can be compared with another. */
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int last;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) last++;
            }
        }
    }
}
