package org.mailwright.smtp.ext.policy;

import org.junit.jupiter.api.Nested;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of these. */
class PolicyContractTest {

    @Nested
    class NoSoliciting implements ExtensionContract {
        @Override
        public Extension extension() {
            return new NoSolicitingExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("SOLICIT=org.example:ADV:ADLT")
                    .mail("SOLICIT=org.example:ADV,net.example:BULK")
                    .wrongMail("SOLICIT");
        }
    }

    @Nested
    class Rrvs implements ExtensionContract {
        @Override
        public Extension extension() {
            return new RrvsExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .rcpt("RRVS=2014-04-03T23:01:00Z")
                    .rcpt("RRVS=2014-04-03T23:01:00Z;R")
                    .wrongRcpt("RRVS=yesterday");
        }
    }

    @Nested
    class Submitter implements ExtensionContract {
        @Override
        public Extension extension() {
            return new SubmitterExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("SUBMITTER=someone+2Belse@example.org")
                    .wrongMail("SUBMITTER=someone");
        }
    }
}
