package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;

/** What PLAIN and LOGIN do once they have a name and a password. */
record PasswordCheck(PasswordVerifier passwords, Authorizer authorizer) {

    /** Checks the password first, so that a foreign identity costs the same and tells nothing. */
    SaslStep check(Username user, Optional<Username> requested, Secret password) throws IOException {
        if (!passwords.verify(user, password)) {
            return SaslStep.denied("wrong user or password");
        }
        return Identities.authorized(authorizer, user, requested);
    }
}
