package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * Says whose an OAuth 2.0 bearer token is: by its signature, or by asking the server that issued it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Judges a token.
     *
     * @param token not kept, not closed
     * @param claimed as whom the client says it logs in; the verdict must not rest on it
     * @throws IOException when that cannot be said now: the client is told to try again later
     */
    Verdict verify(Secret token, Optional<Username> claimed) throws IOException;

    /** What a verifier says. */
    sealed interface Verdict {

        /** The token is valid and belongs to this user. */
        record Accepted(Username user) implements Verdict {}

        /**
         * The token is not valid, or does not suffice.
         *
         * @param scope the scope a token must have, for the client; empty when there is nothing to say
         * @param configuration the address of the OpenID configuration, for the client; empty likewise
         */
        record Rejected(Optional<String> scope, Optional<String> configuration) implements Verdict {

            /** A rejection without a hint. */
            public static final Rejected WITHOUT_HINT = new Rejected(Optional.empty(), Optional.empty());
        }
    }
}
