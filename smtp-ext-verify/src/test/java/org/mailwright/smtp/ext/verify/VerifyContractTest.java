package org.mailwright.smtp.ext.verify;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class VerifyContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new VerifyExtension();
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none().verb("VRFY user", 252).verb("EXPN list", 252);
    }

    @Override
    public Role role() {
        return Role.SUBMISSION;
    }
}
