package org.mailwright.smtp.ext.auth.mechanism;

import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Username;

/** The rule of RFC 4422 section 3.4.1, the same for all mechanisms: one acts as oneself unless allowed otherwise. */
final class Identities {

    static final SaslStep FOREIGN = SaslStep.denied("may not act as the authorization identity");

    private Identities() {}

    static Optional<SaslStep.Success> authorize(
            Authorizer authorizer, Username authenticated, Optional<Username> requested) {
        Username user = requested.orElse(authenticated);
        return user.equals(authenticated) || authorizer.permits(authenticated, user)
                ? Optional.of(new SaslStep.Success(authenticated, user))
                : Optional.empty();
    }

    /** {@link #authorize}, with the refusal as an answer. */
    static SaslStep authorized(Authorizer authorizer, Username authenticated, Optional<Username> requested) {
        return authorize(authorizer, authenticated, requested)
                .<SaslStep>map(success -> success)
                .orElse(FOREIGN);
    }
}
