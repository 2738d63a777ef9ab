package org.mailwright.smtp.ext.auth;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.mailwright.smtp.ext.auth.client.ScramBounds;
import org.mailwright.smtp.ext.auth.store.Argon2Cost;

/**
 * The configuration of AUTH.
 *
 * @param mechanisms the names of the mechanisms that a server offers, in that order; empty: all that can be offered,
 *     but for CRAM-MD5 and EXTERNAL, which must be named
 * @param requireTls whether a server offers and takes no mechanism at all in clear; {@code false} still keeps those
 *     that send the password to TLS
 * @param argon2 the cost of new password hashes
 * @param scram the keys that are kept for SCRAM
 * @param hashingThreads how many passwords are hashed at the same time, 1 or more; each takes the memory of
 *     {@code argon2}
 * @param hashingWait how long a login waits for its turn to be hashed before it gets 454
 * @param failures how failed attempts are slowed down
 * @param clientIterations the iterations of SCRAM that a client computes for a server
 * @since 0.1.0
 */
public record AuthConfig(
        List<String> mechanisms,
        boolean requireTls,
        Argon2Cost argon2,
        ScramPolicy scram,
        int hashingThreads,
        Duration hashingWait,
        FailureLimits failures,
        ScramBounds clientIterations) {

    /** What a server on the open Internet should have. */
    public static final AuthConfig DEFAULT = new AuthConfig(
            List.of(),
            true,
            Argon2Cost.DEFAULT,
            ScramPolicy.DEFAULT,
            Math.min(4, Runtime.getRuntime().availableProcessors()),
            Duration.ofSeconds(10),
            FailureLimits.DEFAULT,
            ScramBounds.DEFAULT);

    /**
     * Makes the names upper case and checks the bounds.
     *
     * @throws IllegalArgumentException naming the key that is out of bounds
     */
    public AuthConfig {
        mechanisms =
                mechanisms.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
        if (mechanisms.stream().distinct().count() < mechanisms.size()) {
            throw new IllegalArgumentException("mechanisms: expected each name once, found " + mechanisms);
        }
        if (hashingThreads < 1 || hashingThreads > 1024) {
            throw new IllegalArgumentException("hashing-threads: expected 1 to 1024, found " + hashingThreads);
        }
        if (hashingWait.isNegative() || hashingWait.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "hashing-wait: expected 0 to 60 s, found " + hashingWait.toSeconds() + " s");
        }
    }

    /** A copy with other mechanisms. */
    public AuthConfig withMechanisms(String... names) {
        return new AuthConfig(
                List.of(names), requireTls, argon2, scram, hashingThreads, hashingWait, failures, clientIterations);
    }

    /** A copy that requires TLS or does not. */
    public AuthConfig withRequireTls(boolean required) {
        return new AuthConfig(
                mechanisms, required, argon2, scram, hashingThreads, hashingWait, failures, clientIterations);
    }

    /** A copy with other bounds on failures. */
    public AuthConfig withFailures(FailureLimits limits) {
        return new AuthConfig(
                mechanisms, requireTls, argon2, scram, hashingThreads, hashingWait, limits, clientIterations);
    }

    /** A copy with another cost of new password hashes. */
    public AuthConfig withArgon2(Argon2Cost cost) {
        return new AuthConfig(
                mechanisms, requireTls, cost, scram, hashingThreads, hashingWait, failures, clientIterations);
    }

    /** A copy with other keys for SCRAM. */
    public AuthConfig withScram(ScramPolicy policy) {
        return new AuthConfig(
                mechanisms, requireTls, argon2, policy, hashingThreads, hashingWait, failures, clientIterations);
    }
}
