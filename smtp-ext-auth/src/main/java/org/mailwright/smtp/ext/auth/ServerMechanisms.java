package org.mailwright.smtp.ext.auth;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.ext.auth.mechanism.CramMd5Mechanism;
import org.mailwright.smtp.ext.auth.mechanism.ExternalMechanism;
import org.mailwright.smtp.ext.auth.mechanism.LoginMechanism;
import org.mailwright.smtp.ext.auth.mechanism.OauthBearerMechanism;
import org.mailwright.smtp.ext.auth.mechanism.PlainMechanism;
import org.mailwright.smtp.ext.auth.mechanism.ScramMechanism;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.mechanism.Xoauth2Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.ClearSecretStore;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.Decoys;
import org.mailwright.smtp.ext.auth.store.HashingPool;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;
import org.mailwright.smtp.ext.auth.store.StoredPasswords;

/**
 * The mechanisms that a server can offer with given sources of users.
 *
 * @since 0.1.0
 */
public final class ServerMechanisms {

    /** Not offered unless named: the one needs clear passwords in the store, the other a policy on certificates. */
    private static final Set<String> ON_REQUEST = Set.of("CRAM-MD5", "EXTERNAL");

    /** In the order in which they are offered, for clients that take the first they know. */
    private static final List<ScramHash> BY_PREFERENCE = List.of(ScramHash.SHA_256, ScramHash.SHA_512, ScramHash.SHA_1);

    private final AuthConfig config;
    private final UserSources sources;
    private final SecureRandom random;
    private final InstantSource clock;

    private ServerMechanisms(AuthConfig config, UserSources sources, SecureRandom random, InstantSource clock) {
        this.config = config;
        this.sources = sources;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The mechanisms that the configuration asks for, in its order.
     *
     * @throws IllegalArgumentException when one of them is unknown or its source is missing, naming it
     */
    public static List<Mechanism> of(AuthConfig config, UserSources sources, SecureRandom random, InstantSource clock) {
        return new ServerMechanisms(config, sources, random, clock).chosen();
    }

    private List<Mechanism> chosen() {
        Map<String, Mechanism> possible = new LinkedHashMap<>();
        possible().forEach(mechanism -> possible.put(mechanism.name(), mechanism));
        if (config.mechanisms().isEmpty()) {
            ON_REQUEST.forEach(possible::remove);
            return List.copyOf(possible.values());
        }
        List<Mechanism> chosen = new ArrayList<>();
        for (String name : config.mechanisms()) {
            Mechanism mechanism = possible.get(name);
            if (mechanism == null) {
                throw new IllegalArgumentException("mechanisms: " + name + " cannot be offered, expected one of "
                        + String.join(", ", possible.keySet()) + "; the others lack a source of users, such as a"
                        + " token verifier or a store with clear passwords");
            }
            chosen.add(mechanism);
        }
        return List.copyOf(chosen);
    }

    private List<Mechanism> possible() {
        List<Mechanism> possible = new ArrayList<>();
        possible.add(new ExternalMechanism(sources.certificates(), sources.authorizer()));
        sources.store().ifPresent(store -> addScram(possible, store));
        if (sources.store().orElse(user -> Optional.empty()) instanceof ClearSecretStore clear) {
            possible.add(new CramMd5Mechanism(clear, random, clock));
        }
        sources.tokens().ifPresent(tokens -> addTokens(possible, tokens));
        sources.passwords().or(this::storedPasswords).ifPresent(passwords -> addPasswords(possible, passwords));
        return possible;
    }

    private void addScram(List<Mechanism> possible, CredentialStore store) {
        Decoys decoys = new Decoys(store, config.scram().iterations(), random);
        for (boolean plus : List.of(true, false)) {
            for (ScramHash hash : BY_PREFERENCE) {
                if (config.scram().hashes().contains(hash)) {
                    possible.add(new ScramMechanism(hash, plus, store, decoys, sources.authorizer(), random));
                }
            }
        }
    }

    private void addTokens(List<Mechanism> possible, TokenVerifier tokens) {
        possible.add(new OauthBearerMechanism(tokens, sources.authorizer()));
        possible.add(new Xoauth2Mechanism(tokens, sources.authorizer()));
    }

    private void addPasswords(List<Mechanism> possible, PasswordVerifier passwords) {
        possible.add(new PlainMechanism(passwords, sources.authorizer()));
        possible.add(new LoginMechanism(passwords, sources.authorizer()));
    }

    private Optional<PasswordVerifier> storedPasswords() {
        return sources.store()
                .map(store -> new StoredPasswords(
                        store,
                        new Argon2id(config.argon2(), random),
                        new HashingPool(config.hashingThreads(), config.hashingWait())));
    }
}
