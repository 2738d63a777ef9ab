package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

class StartTlsClientTest {

    private static final SocketAddress REMOTE = new InetSocketAddress("192.0.2.25", 25);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"OPPORTUNISTIC", "REQUIRED", "VERIFIED"})
    void whereItIsOfferedItIsTaken(TlsMode mode) throws Exception {
        Peer peer = new Peer(List.of("STARTTLS"));
        ClientMove.Send send =
                assertInstanceOf(ClientMove.Send.class, step(mode).begin(peer));
        assertEquals("STARTTLS", send.line().toString());
        ClientMove next = send.next().replied(Reply.of(220, "go ahead"), peer);
        TlsPolicy policy = assertInstanceOf(ClientMove.UpgradeTls.class, next).policy();
        SSLEngine engine = policy.newEngine(REMOTE);
        assertEquals("mx.test", engine.getPeerHost());
        assertEquals(25, engine.getPeerPort());
    }

    @Test
    void theUpgradeReallyWorks() throws Exception {
        KeySource.SelfSigned own = new KeySource.SelfSigned(folder, "mx.test");
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(own));
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS.verifiedBy(new Trust.Pem(own.file())));
        Peer peer = new Peer(List.of("STARTTLS"));
        ClientMove move = new StartTlsStep(Optional.of(client)).begin(peer);
        move = assertInstanceOf(ClientMove.Send.class, move).next().replied(Reply.of(220, "go"), peer);
        TlsPolicy policy = assertInstanceOf(ClientMove.UpgradeTls.class, move).policy();
        Engines engines = new Engines(policy.newEngine(REMOTE), server.newEngine(REMOTE)).handshake();
        assertEquals(1, policy.describe(engines.client).peerCertificates().size());
    }

    @ParameterizedTest
    @CsvSource({"454, 4.7.0", "502, 5.5.1", "250, 2.0.0"})
    void aRefusalEndsOnlyThoseWhoInsist(int code, String enhanced) throws Exception {
        for (TlsMode mode : TlsMode.values()) {
            Peer peer = new Peer(List.of("STARTTLS"));
            if (!(step(mode).begin(peer) instanceof ClientMove.Send send)) {
                assertEquals(TlsMode.NONE, mode);
                continue;
            }
            Reply refusal = Reply.of(code, enhanced, "no");
            if (mode.insists()) {
                SmtpException e =
                        assertThrows(SmtpException.class, () -> send.next().replied(refusal, peer));
                assertEquals(454, e.reply().code());
            } else {
                assertEquals(ClientMove.done(), send.next().replied(refusal, peer));
            }
        }
    }

    @Test
    void whereItIsMissingOnlyThoseWhoInsistGiveUp() throws Exception {
        Peer peer = new Peer(List.of("SIZE"));
        assertEquals(ClientMove.done(), step(TlsMode.NONE).begin(peer));
        assertEquals(ClientMove.done(), step(TlsMode.OPPORTUNISTIC).begin(peer));
        for (TlsMode mode : List.of(TlsMode.REQUIRED, TlsMode.VERIFIED)) {
            SmtpException e = assertThrows(SmtpException.class, () -> step(mode).begin(peer));
            assertEquals(
                    "454 4.7.4 TLS is required, but the server does not offer it",
                    e.reply().toString());
        }
    }

    @Test
    void withinTlsThereIsNothingToDo() throws Exception {
        Peer peer = new Peer(List.of("STARTTLS"));
        peer.tls = Optional.of(handshake());
        for (TlsMode mode : TlsMode.values()) {
            assertEquals(ClientMove.done(), step(mode).begin(peer));
        }
    }

    @Test
    void aDestinationMayHaveATlsOfItsOwn() throws Exception {
        Peer peer = new Peer(List.of());
        peer.destination = Optional.of(context(TlsMode.REQUIRED));
        assertThrows(SmtpException.class, () -> step(TlsMode.OPPORTUNISTIC).begin(peer));
        assertThrows(SmtpException.class, () -> new StartTlsStep(Optional.empty()).begin(peer));
        peer.destination = Optional.of(context(TlsMode.NONE));
        assertEquals(ClientMove.done(), step(TlsMode.REQUIRED).begin(peer));
    }

    @Test
    void nothingOfItWaits() throws Exception {
        StartTlsStep step = step(TlsMode.REQUIRED);
        assertInstanceOf(NonBlocking.class, step);
        ClientMove move = step.begin(new Peer(List.of("STARTTLS")));
        assertInstanceOf(
                NonBlocking.class, assertInstanceOf(ClientMove.Send.class, move).next());
    }

    private static StartTlsStep step(TlsMode mode) throws TlsMaterialException {
        return new StartTlsStep(Optional.of(context(mode)));
    }

    private static TlsClientContext context(TlsMode mode) throws TlsMaterialException {
        return TlsClientContext.open(TlsClientConfig.DEFAULTS.with(mode));
    }

    private TlsSession handshake() throws Exception {
        TlsServerContext server =
                TlsServerContext.open(TlsServerConfig.of(new KeySource.SelfSigned(folder, "mx.test")));
        TlsPolicy policy = context(TlsMode.REQUIRED).policy("mx.test");
        Engines engines = new Engines(policy.newEngine(REMOTE), server.newEngine(REMOTE)).handshake();
        return policy.describe(engines.client);
    }

    /** A server as a client sees it. */
    private static final class Peer implements PeerSession {

        private final List<String> keywords;
        private Optional<TlsSession> tls = Optional.empty();
        private Optional<TlsClientContext> destination = Optional.empty();

        Peer(List<String> keywords) {
            this.keywords = keywords;
        }

        @Override
        public <T> void set(AttributeKey<T> key, T value) {
            throw new AssertionError("nothing is kept");
        }

        @Override
        public void authenticated(Identity identity) {
            throw new AssertionError("nobody is authenticated");
        }

        @Override
        public String id() {
            return "id";
        }

        @Override
        public String host() {
            return "MX.test.";
        }

        @Override
        public String hostname() {
            return "client.test";
        }

        @Override
        public boolean lmtp() {
            return false;
        }

        @Override
        public SocketAddress remoteAddress() {
            return REMOTE;
        }

        @Override
        public SocketAddress localAddress() {
            return REMOTE;
        }

        @Override
        public boolean extended() {
            return true;
        }

        @Override
        public boolean offers(String keyword) {
            return keywords.contains(keyword);
        }

        @Override
        public List<String> parameters(String keyword) {
            return List.of();
        }

        @Override
        public List<String> keywords() {
            return keywords;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Optional<T> get(AttributeKey<T> key) {
            return key.equals(StartTlsExtension.DESTINATION) ? (Optional<T>) destination : Optional.empty();
        }

        @Override
        public Optional<TlsSession> tls() {
            return tls;
        }

        @Override
        public Optional<Identity> identity() {
            return Optional.empty();
        }
    }
}
