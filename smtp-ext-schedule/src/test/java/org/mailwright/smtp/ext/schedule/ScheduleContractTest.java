package org.mailwright.smtp.ext.schedule;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of these. */
class ScheduleContractTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));

    @Nested
    class ByTime implements ExtensionContract {
        @Override
        public Extension extension() {
            return new DeliverByExtension(DeliverByConfig.DEFAULT, CLOCK);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("BY=3600;R")
                    .mail("BY=120;NT")
                    .mail("BY=-60;N")
                    .wrongMail("BY=0;R")
                    .wrongMail("BY=60");
        }
    }

    @Nested
    class FutureRelease implements ExtensionContract {
        @Override
        public Extension extension() {
            return new FutureReleaseExtension(FutureReleaseConfig.DEFAULT, CLOCK);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("HOLDFOR=3600")
                    .mail("HOLDUNTIL=2026-03-02T11:00:00Z")
                    .wrongMail("HOLDFOR=0")
                    .wrongMail("HOLDUNTIL=2026-03-02T09:00:00Z");
        }

        @Override
        public Role role() {
            return Role.SUBMISSION;
        }
    }

    @Nested
    class MtPriority implements ExtensionContract {
        @Override
        public Extension extension() {
            return new MtPriorityExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("MT-PRIORITY=0")
                    .mail("MT-PRIORITY=-9")
                    .wrongMail("MT-PRIORITY=10");
        }
    }
}
