package org.mailwright.smtp.ext.limits;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class LimitsContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new LimitsExtension();
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none();
    }
}
