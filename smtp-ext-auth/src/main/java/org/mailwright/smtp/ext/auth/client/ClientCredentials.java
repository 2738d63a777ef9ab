package org.mailwright.smtp.ext.auth.client;

import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/**
 * What a client shows to a server to log in.
 *
 * @since 0.1.0
 */
public sealed interface ClientCredentials {

    /** As whom the client wants to act; empty for the user himself. */
    Optional<String> authorizationId();

    /**
     * A name and a password.
     *
     * @param user the name, without NUL and control characters
     */
    record Password(String user, Secret password, Optional<String> authorizationId) implements ClientCredentials {

        /** Checks the names. */
        public Password {
            check(user);
            authorizationId.ifPresent(ClientCredentials::check);
        }

        /** A name and a password, acting as oneself. */
        public Password(String user, Secret password) {
            this(user, password, Optional.empty());
        }
    }

    /**
     * A name and an OAuth 2.0 bearer token.
     *
     * @param user the name, without NUL and control characters
     */
    record Token(String user, Secret token) implements ClientCredentials {

        /** Checks the name. */
        public Token {
            check(user);
        }

        @Override
        public Optional<String> authorizationId() {
            return Optional.of(user);
        }
    }

    /** The certificate that was shown in the TLS handshake. */
    record Certificate(Optional<String> authorizationId) implements ClientCredentials {

        /** Checks the name. */
        public Certificate {
            authorizationId.ifPresent(ClientCredentials::check);
        }
    }

    private static void check(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name may neither be empty nor hold control characters");
        }
    }
}
