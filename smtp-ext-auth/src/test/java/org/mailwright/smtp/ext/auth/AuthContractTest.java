package org.mailwright.smtp.ext.auth;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class AuthContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new AuthExtension(AuthConfig.DEFAULT, UserSources.of(new MapStore().with("alice", "secret")));
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none()
                .verb("AUTH PLAIN", 334)
                .mail("AUTH=<>")
                .mail("AUTH=alice+2Bx@example.test")
                .wrongMail("AUTH=@");
    }

    @Override
    public Role role() {
        return Role.SUBMISSION;
    }

    @Override
    public boolean insideTls() {
        return true;
    }
}
