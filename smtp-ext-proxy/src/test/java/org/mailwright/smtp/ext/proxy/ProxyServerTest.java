package org.mailwright.smtp.ext.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class ProxyServerTest {

    private static final Limits PATIENT = new Limits(2048, 100, 100, 100, 1024, 4096, false);
    private static final ProxyConfig HERE = ProxyConfig.trusting("127.0.0.0/8", "192.0.2.1");
    private static final ProxyConfig OTHERS = ProxyConfig.trusting("10.0.0.0/8", "::1");

    /** Tells what the session knows of the client, and lets one of them not in. */
    private static final class Who implements Extension {
        @Override
        public String id() {
            return "XWHO";
        }

        @Override
        public void server(ServerSide side) {
            side.verb(
                    VerbSpec.of("XWHO"),
                    (command, session) -> Step.say(Reply.of(
                            250,
                            "2.0.0",
                            text(session.remoteAddress()) + " " + text(session.localAddress()) + " "
                                    + session.identity().map(Identity::name).orElse("-"))));
            side.gate(
                    Stage.CONNECT,
                    1,
                    (session, address) -> text(address).startsWith("198.51.100.66:")
                            ? Verdict.drop(Reply.of(554, "5.7.1", "Not you"))
                            : Verdict.pass());
        }

        private static String text(SocketAddress address) {
            InetSocketAddress inet = (InetSocketAddress) address;
            return inet.getAddress().getHostAddress() + ":" + inet.getPort();
        }
    }

    private static TestService service(Extension... extensions) {
        return TestService.mx(extensions).with(PATIENT);
    }

    @TranscriptTest("xclient.smtp")
    void speaksForOthers(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(service(new XclientExtension(HERE), new Who())));
    }

    @TranscriptTest("untrusted.smtp")
    void trustsNobodyElse(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(),
                run.play(service(
                        new XclientExtension(OTHERS), new XforwardExtension(OTHERS), new ProxyExtension(OTHERS))));
        assertEquals(
                List.of(), run.play(service(new XclientExtension(), new XforwardExtension(), new ProxyExtension())));
    }

    @TranscriptTest("missing.smtp")
    void isGoneWithoutItsExtensions(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(service()));
    }

    @TranscriptTest("xforward.smtp")
    void saysWhereMailCameFrom(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(service(new XforwardExtension(HERE)));
        AttributeKey.Codec<ClientFacts> codec = XforwardExtension.ORIGIN.codec().orElseThrow();
        assertEquals(
                List.of(
                        "NAME=spike.example ADDR=198.51.100.1 PORT=2500 PROTO=smtp HELO=spike+20example IDENT=A1"
                                + " SOURCE=REMOTE",
                        "",
                        "ADDR=IPV6:::1"),
                mails.stream()
                        .map(mail -> mail.envelope()
                                .attributes()
                                .get(XforwardExtension.ORIGIN)
                                .map(codec.write())
                                .orElse(""))
                        .toList());
        ClientFacts facts = mails.getFirst()
                .envelope()
                .attributes()
                .get(XforwardExtension.ORIGIN)
                .orElseThrow();
        assertEquals(facts, codec.read().apply(codec.write().apply(facts)));
    }

    @TranscriptTest({"v1/", "v2/"})
    void seesTheClientBehindTheProxy(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(service(new ProxyExtension(HERE), new Who())));
    }

    @TranscriptTest("bad/")
    void cutsWhatIsNoProxy(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(service(new ProxyExtension(HERE))));
    }

    @Test
    void knowsNetworks() {
        assertTrue(contains("10.0.0.0/8", "10.255.0.1"));
        assertFalse(contains("10.0.0.0/8", "11.0.0.1"));
        assertTrue(contains("10.0.0.128/25", "10.0.0.200"));
        assertFalse(contains("10.0.0.128/25", "10.0.0.1"));
        assertTrue(contains("0.0.0.0/0", "1.2.3.4"));
        assertFalse(contains("0.0.0.0/0", "::1"));
        assertTrue(contains("2001:db8::/33", "2001:db8:7fff::1"));
        assertFalse(contains("2001:db8::/33", "2001:db8:8000::1"));
        assertTrue(contains("192.0.2.1", "192.0.2.1"));
        assertFalse(Network.parse("0.0.0.0/0").contains(InetSocketAddress.createUnresolved("a.test", 1)));
        for (String bad : List.of("", "localhost", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::/129")) {
            assertThrows(IllegalArgumentException.class, () -> Network.parse(bad), bad);
        }
    }

    private static boolean contains(String network, String address) {
        return Network.parse(network)
                .contains(new InetSocketAddress(Network.parse(address).address(), 25));
    }

    @Test
    void areFoundConfiguredAndInstalled() {
        Set<String> found = ServiceLoader.load(Extension.class).stream()
                .map(each -> each.get().id())
                .collect(Collectors.toSet());
        assertEquals(Set.of("PROXY", "XCLIENT", "XFORWARD"), found);
        for (Extension extension : List.of(new ProxyExtension(), new XclientExtension(), new XforwardExtension())) {
            Map<String, Object> good = Map.of("trusted", List.of("10.0.0.0/8"));
            assertEquals(
                    extension.id(),
                    extension.configured(Settings.of("extension.X", good)).id());
            IllegalArgumentException wrong = assertThrows(
                    IllegalArgumentException.class,
                    () -> extension.configured(Settings.of("extension.X", Map.of("trusted", "all"))));
            assertEquals(
                    "extension.X.trusted: expected a list of networks such as 10.0.0.0/8, found \"all\"",
                    wrong.getMessage());
        }
        assertEquals(Set.of(), new ProxyExtension().defaultRoles());
        assertEquals(
                3,
                Guice.createInjector(new ProxyModule())
                        .getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}))
                        .size());
    }
}
