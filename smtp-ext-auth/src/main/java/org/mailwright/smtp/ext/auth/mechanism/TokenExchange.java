package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier.Verdict;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;

/** The dialogue of both token mechanisms: one message; if it is refused, an error, a dummy response, the end. */
final class TokenExchange implements ServerExchange {

    /** What a mechanism reads from the client's message. */
    record Claim(Optional<Username> user, String authorization) {}

    /** How a mechanism reads the client's message; empty when it breaks the grammar. */
    interface Grammar {
        Optional<Claim> parse(byte[] message);

        String error(Verdict.Rejected rejected);
    }

    private static final String SCHEME = "bearer ";
    private static final int LONGEST_ERROR = 360;

    private final Grammar grammar;
    private final TokenVerifier verifier;
    private final Authorizer authorizer;
    private boolean refused;

    TokenExchange(Grammar grammar, TokenVerifier verifier, Authorizer authorizer) {
        this.grammar = grammar;
        this.verifier = verifier;
        this.authorizer = authorizer;
    }

    @Override
    public SaslStep step(byte[] response) throws IOException {
        if (refused) {
            return SaslStep.denied("token refused");
        }
        Optional<Claim> claim = grammar.parse(response);
        if (claim.isEmpty()) {
            return SaslStep.malformed("not a message of this mechanism");
        }
        Optional<Secret> token = token(claim.get().authorization());
        if (token.isEmpty()) {
            return refuse(Verdict.Rejected.WITHOUT_HINT);
        }
        try (Secret secret = token.get()) {
            return switch (verifier.verify(secret, claim.get().user())) {
                case Verdict.Accepted(Username user) -> accept(user, claim.get().user());
                case Verdict.Rejected rejected -> refuse(rejected);
            };
        }
    }

    private SaslStep accept(Username user, Optional<Username> claimed) {
        Optional<SaslStep.Success> success = Identities.authorize(authorizer, user, claimed);
        return success.isPresent() ? success.get() : refuse(Verdict.Rejected.WITHOUT_HINT);
    }

    private SaslStep refuse(Verdict.Rejected rejected) {
        refused = true;
        String error = grammar.error(rejected);
        // A challenge must fit into one line of a reply; the hints are a courtesy.
        boolean fits = error.length() <= LONGEST_ERROR;
        return SaslStep.Challenge.of(fits ? error : grammar.error(Verdict.Rejected.WITHOUT_HINT));
    }

    /** The token of {@code Bearer token}, in the characters of RFC 6750 section 2.1. */
    private static Optional<Secret> token(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        byte[] octets = authorization.substring(SCHEME.length()).getBytes(ISO_8859_1);
        try {
            for (byte b : octets) {
                boolean allowed = (b >= 'A' && b <= 'Z')
                        || (b >= 'a' && b <= 'z')
                        || (b >= '0' && b <= '9')
                        || "-._~+/=".indexOf(b) >= 0;
                if (!allowed) {
                    return Optional.empty();
                }
            }
            return Secret.parse(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
