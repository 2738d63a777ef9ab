package org.mailwright.smtp.examples.vendor;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class RetainContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new RetainExtension(365);
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none().verb("XRETAIN", 250).mail("X-RETAIN=30").wrongMail("X-RETAIN=366");
    }
}
