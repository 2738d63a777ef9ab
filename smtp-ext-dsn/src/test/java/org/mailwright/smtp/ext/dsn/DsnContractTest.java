package org.mailwright.smtp.ext.dsn;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of this one. */
class DsnContractTest implements ExtensionContract {

    @Override
    public Extension extension() {
        return new DsnExtension();
    }

    @Override
    public ExtensionSamples samples() {
        return ExtensionSamples.none()
                .mail("RET=FULL")
                .mail("RET=HDRS")
                .mail("ENVID=QQ+201+2B1+3D2")
                .rcpt("NOTIFY=NEVER")
                .rcpt("NOTIFY=SUCCESS,DELAY")
                .rcpt("ORCPT=rfc822;Bob+2Bx@example.test")
                .wrongMail("RET=ALL")
                .wrongMail("ENVID=a+0D+0Ab")
                .wrongRcpt("NOTIFY=NEVER,DELAY")
                .wrongRcpt("ORCPT=bob@example.test");
    }
}
