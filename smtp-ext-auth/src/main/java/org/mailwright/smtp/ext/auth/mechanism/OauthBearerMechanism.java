package org.mailwright.smtp.ext.auth.mechanism;

import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier.Verdict;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.Gs2Header;

/**
 * OAUTHBEARER (RFC 7628): a bearer token behind a GS2 header, {@code n,a=user,^Aauth=Bearer token^A^A}.
 *
 * @since 0.1.0
 */
public final class OauthBearerMechanism implements Mechanism {

    private final TokenVerifier verifier;
    private final Authorizer authorizer;

    /** OAUTHBEARER over a verifier of tokens. */
    public OauthBearerMechanism(TokenVerifier verifier, Authorizer authorizer) {
        this.verifier = verifier;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "OAUTHBEARER";
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
            Optional<Gs2Header.Parsed> parsed = Utf8.decode(message)
                    .flatMap(Gs2Header::parse)
                    .filter(p -> !(p.header().flag() instanceof Gs2Header.Flag.Bound))
                    .filter(p -> p.rest().startsWith("\1"));
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> authzid = parsed.get().header().authorizationId();
            Optional<Username> user = authzid.flatMap(Username::parse);
            if (authzid.isPresent() != user.isPresent()) {
                return Optional.empty();
            }
            return KeyValues.parse(parsed.get().rest().substring(1))
                    .flatMap(pairs -> Optional.ofNullable(pairs.get("auth")))
                    .map(authorization -> new TokenExchange.Claim(user, authorization));
        }

        @Override
        public String error(Verdict.Rejected rejected) {
            return new JsonObject()
                    .with("status", "invalid_token")
                    .with("scope", rejected.scope())
                    .with("openid-configuration", rejected.configuration())
                    .toString();
        }
    }
}
