package org.mailwright.smtp.ext.proxy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** What holds for every extension, of these, said by a host that is trusted. */
class ProxyContractTest {

    private static final ProxyConfig HERE = ProxyConfig.trusting("192.0.2.1");
    private static final ClientFacts SPIKE = ClientFacts.of(new InetSocketAddress("198.51.100.1", 2500))
            .with(Fact.NAME, "spike.example")
            .with(Fact.HELO, "spike example");

    @Nested
    class Proxy implements ExtensionContract {

        private static final String BINARY = "\r\n\r\n\0\r\nQUIT\n";

        @Override
        public Extension extension() {
            return new ProxyExtension(HERE);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .preface("PROXY TCP4 198.51.100.1 198.51.100.2 2500 25\r\n")
                    .preface("PROXY UNKNOWN\r\n")
                    .preface(BINARY + "!\21\0\14\306\63\144\1\306\63\144\2\11\304\0\31")
                    .preface(BINARY + " \0\0\0")
                    .wrongPreface("PROXY TCP4 198.51.100.1\r\n")
                    .wrongPreface("EHLO client.example\r\n")
                    .wrongPreface(BINARY + "1\21\0\0");
        }
    }

    @Nested
    class Xclient implements ExtensionContract {
        @Override
        public Extension extension() {
            return new XclientExtension(HERE);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .verb("XCLIENT NAME=spike.example ADDR=198.51.100.1 HELO=spike+20example", 220)
                    .verb("XCLIENT LOGIN=me", 220)
                    .verb("XCLIENT IDENT=A1", 501)
                    .verb("XCLIENT", 501)
                    .says(
                            "XCLIENT NAME ADDR",
                            Attributes.EMPTY.with(XclientExtension.DESTINATION, SPIKE),
                            Attributes.EMPTY,
                            "XCLIENT NAME=spike.example ADDR=198.51.100.1");
        }
    }

    @Nested
    class Xforward implements ExtensionContract {
        @Override
        public Extension extension() {
            return new XforwardExtension(HERE);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .verb("XFORWARD NAME=spike.example ADDR=198.51.100.1 IDENT=A1 SOURCE=REMOTE", 250)
                    .verb("XFORWARD LOGIN=me", 501)
                    .verb("XFORWARD", 501)
                    .says(
                            "XFORWARD ADDR HELO",
                            Attributes.EMPTY,
                            Attributes.EMPTY.with(XforwardExtension.ORIGIN, SPIKE),
                            "XFORWARD ADDR=198.51.100.1 HELO=spike+20example");
        }
    }
}
