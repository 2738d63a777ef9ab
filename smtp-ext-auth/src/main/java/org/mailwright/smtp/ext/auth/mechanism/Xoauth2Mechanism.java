package org.mailwright.smtp.ext.auth.mechanism;

import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier.Verdict;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * XOAUTH2: the form of bearer token that Google and Microsoft use, {@code user=name^Aauth=Bearer token^A^A}.
 *
 * @since 0.1.0
 */
public final class Xoauth2Mechanism implements Mechanism {

    private final TokenVerifier verifier;
    private final Authorizer authorizer;

    /** XOAUTH2 over a verifier of tokens. */
    public Xoauth2Mechanism(TokenVerifier verifier, Authorizer authorizer) {
        this.verifier = verifier;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "XOAUTH2";
    }

    @Override
    public boolean plainText() {
        return true;
    }

    @Override
    public boolean initialResponse() {
        return true;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return true;
    }

    @Override
    public ServerExchange start(SaslContext context) {
        return new TokenExchange(new Messages(), verifier, authorizer);
    }

    private static final class Messages implements TokenExchange.Grammar {

        @Override
        public Optional<TokenExchange.Claim> parse(byte[] message) {
            Optional<Map<String, String>> pairs = Utf8.decode(message).flatMap(KeyValues::parse);
            Optional<Username> user =
                    pairs.flatMap(p -> Optional.ofNullable(p.get("user"))).flatMap(Username::parse);
            Optional<String> authorization = pairs.flatMap(p -> Optional.ofNullable(p.get("auth")));
            return user.isPresent() ? authorization.map(text -> new TokenExchange.Claim(user, text)) : Optional.empty();
        }

        @Override
        public String error(Verdict.Rejected rejected) {
            return new JsonObject()
                    .with("status", "401")
                    .with("schemes", "bearer")
                    .with("scope", rejected.scope())
                    .toString();
        }
    }
}
