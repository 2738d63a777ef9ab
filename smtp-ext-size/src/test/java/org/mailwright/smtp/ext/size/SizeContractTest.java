package org.mailwright.smtp.ext.size;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class SizeContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new SizeExtension();
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none()
                .mail("SIZE=1000")
                .mail("SIZE=0")
                .wrongMail("SIZE=x")
                .wrongMail("SIZE");
    }
}
