package org.mailwright.smtp.ext.verify;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of HELP. */
class HelpContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new HelpExtension();
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none().verb("HELP", 214);
    }
}
