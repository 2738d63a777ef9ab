package org.mailwright.smtp.ext.tls;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.FakeTls;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class StartTlsContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return StartTlsExtension.server(new FakeTls());
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none().verb("STARTTLS", 220);
    }
}
