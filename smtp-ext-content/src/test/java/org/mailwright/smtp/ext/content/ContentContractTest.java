package org.mailwright.smtp.ext.content;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of these. */
class ContentContractTest {

    @Nested
    class EightBitMime implements ExtensionContract {
        @Override
        public Extension extension() {
            return new EightBitMimeExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("BODY=8BITMIME")
                    .mail("BODY=7BIT")
                    .wrongMail("BODY=9BIT")
                    .wrongMail("BODY=BINARYMIME");
        }

        @Override
        public boolean sendsValuesAsTheyCame() {
            return false; // it says what the content is
        }
    }

    @Nested
    class BinaryMime implements ExtensionContract {
        @Override
        public Extension extension() {
            return new BinaryMimeExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().mail("BODY=BINARYMIME").wrongMail("BODY=9BIT");
        }

        @Override
        public List<Extension> beside() {
            return List.of(new EightBitMimeExtension(), new ChunkingExtension());
        }
    }

    @Nested
    class Chunking implements ExtensionContract {
        @Override
        public Extension extension() {
            return new ChunkingExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().verbInMail("BDAT 0 LAST", 250).verbInMail("BDAT 0", 250);
        }
    }

    @Nested
    class SmtpUtf8 implements ExtensionContract {
        @Override
        public Extension extension() {
            return new SmtpUtf8Extension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().mail("SMTPUTF8").wrongMail("SMTPUTF8=1");
        }

        @Override
        public List<Extension> beside() {
            return List.of(new EightBitMimeExtension());
        }
    }

    @Nested
    class Prdr implements ExtensionContract {
        @Override
        public Extension extension() {
            return new PrdrExtension();
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().mail("PRDR").wrongMail("PRDR=1");
        }
    }
}
