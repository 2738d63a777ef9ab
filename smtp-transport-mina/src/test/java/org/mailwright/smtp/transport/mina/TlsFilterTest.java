package org.mailwright.smtp.transport.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.transport.TlsPolicy;

class TlsFilterTest {
    private static final String CASES = """
        jsse, TLSv1.2
        jsse, TLSv1.3
        bc, TLSv1.2
        bc, TLSv1.3\
        """;

    private static Fixture starttls(TlsPolicy policy) throws IOException {
        return new Fixture(() -> new Talk((talk, line) -> {
            switch (line) {
                case "STARTTLS" -> {
                    talk.say("go ahead");
                    talk.link().startTls(policy);
                }
                case "BIG" -> talk.say("x".repeat(300_000));
                default -> talk.say("heard " + line);
            }
        }));
    }

    private static Fixture implicit(TlsPolicy policy) throws IOException {
        return new Fixture(LoopConfig.DEFAULTS, config -> config.withTls(policy), Talk::new);
    }

    private static TlsPeer upgrade(Peer peer, TestTls tls, String protocol) throws IOException {
        peer.send("STARTTLS\r\n");
        assertEquals("go ahead", peer.line());
        return new TlsPeer(peer.socket, tls.clientEngine(protocol));
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void upgradesAndSaysCloseNotify(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        try (Fixture fixture = starttls(tls.server(false));
                Peer peer = fixture.connect()) {
            TlsPeer secret = upgrade(peer, tls, protocol);
            secret.handshake("ECHO one\r\n");
            assertEquals("one", secret.line());
            secret.send("BYE\r\n");
            assertEquals("bye", secret.line());
            assertEquals("(end)", secret.line());
            assertTrue(secret.sawCloseNotify());
            Talk talk = fixture.talk();
            talk.event("secured");
            assertEquals(protocol, Objects.requireNonNull(talk.agreed).protocol());
            assertEquals("closed ", talk.event());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void hearsTheCommandThatCameWithTheEndOfTheHandshake(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        try (Fixture fixture = starttls(tls.server(true))) {
            for (int i = 0; i < 15; i++) {
                try (Peer peer = fixture.connect()) {
                    TlsPeer secret = upgrade(peer, tls, protocol);
                    secret.handshake("ECHO first\r\nECHO second\r\n");
                    assertEquals("first", secret.line());
                    assertEquals("second", secret.line());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void losesNoReplyBehindALargeOne(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        StringBuilder burst = new StringBuilder("BIG\r\n");
        for (int i = 0; i < 100; i++) {
            burst.append("line").append(i).append("\r\n");
        }
        try (Fixture fixture = starttls(tls.server(false));
                Peer peer = fixture.connect()) {
            TlsPeer secret = upgrade(peer, tls, protocol);
            secret.handshake(burst + "BYE\r\n");
            assertEquals(300_000, secret.line().length());
            for (int i = 0; i < 100; i++) {
                assertEquals("heard line" + i, secret.line());
            }
            assertEquals("bye", secret.line());
            assertEquals("(end)", secret.line());
            assertTrue(secret.sawCloseNotify());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void beginsWithTls(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        try (Fixture fixture = implicit(tls.server(false));
                Peer peer = fixture.connect()) {
            TlsPeer secret = new TlsPeer(peer.socket, tls.clientEngine(protocol));
            secret.handshake("ECHO hello\r\n");
            assertEquals("hello", secret.line());
            Talk talk = fixture.talk();
            assertEquals("opened", talk.event());
            assertEquals("secured", talk.event());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void answersAfterThePeerSaidCloseNotify(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        try (Fixture fixture = starttls(tls.server(false));
                Peer peer = fixture.connect()) {
            TlsPeer secret = upgrade(peer, tls, protocol);
            secret.handshake("ECHO one\r\n");
            assertEquals("one", secret.line());
            secret.closeOutbound();
            Talk talk = fixture.talk();
            talk.event("inputClosed");
            assertEquals("closed ", talk.event());
            assertEquals("(end)", secret.line());
            assertTrue(secret.sawCloseNotify());
        }
    }

    @Test
    void discardsWhatCameInClearBehindStarttls() throws Exception {
        TestTls tls = TestTls.with("jsse");
        Talk[] made = new Talk[1];
        try (Fixture fixture = new Fixture(() -> {
                    made[0] = new Talk((talk, line) -> {
                        if (line.equals("STARTTLS")) {
                            talk.link().suspendReading();
                            talk.say("go ahead");
                            talk.link().execute(() -> {
                                talk.link().startTls(tls.server(false));
                                talk.link().resumeReading();
                            });
                        }
                    });
                    return made[0];
                });
                Peer peer = fixture.connect()) {
            TlsPeer secret = upgrade(peer, tls, "TLSv1.3");
            secret.handshake("ECHO safe\r\n");
            assertEquals("safe", secret.line());
        }
    }

    @Test
    void answersClearTextWithAnAlertAndCloses() throws Exception {
        try (Fixture fixture = implicit(TestTls.with("jsse").server(false));
                Peer peer = fixture.connect()) {
            peer.send("EHLO client.example\r\n");
            assertEquals(21, peer.read());
            assertEquals(3, peer.read());
            for (int i = 0; i < 5; i++) {
                assertTrue(peer.read() >= 0);
            }
            assertEquals("(end)", peer.line());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "bc"})
    void refusesARubbishHandshakeWithAnAlert(String provider) throws Exception {
        try (Fixture fixture = implicit(TestTls.with(provider).server(false));
                Peer peer = fixture.connect()) {
            peer.send("\u0016\u0003\u0001\u0000\u0008rubbish!");
            assertEquals(21, peer.read());
        }
    }

    @Test
    void cutsAHandshakeThatStalls() throws Exception {
        try (Fixture fixture = implicit(TestTls.with("jsse").server(false, Duration.ofSeconds(1)));
                Peer peer = fixture.connect()) {
            peer.send("\u0016\u0003\u0001");
            assertEquals("(end)", peer.line());
        }
    }

    @Test
    void doesNotBeginAConversationWhoseHandshakeFailed() throws Exception {
        TestTls server = TestTls.with("jsse");
        TestTls stranger = TestTls.with("jsse");
        try (Fixture fixture = implicit(server.server(false))) {
            try (Peer peer = fixture.connect()) {
                TlsPeer secret = new TlsPeer(peer.socket, stranger.clientEngine("TLSv1.2"));
                assertThrows(IOException.class, () -> secret.handshake(""));
            }
            try (Peer peer = fixture.connect()) {
                TlsPeer secret = new TlsPeer(peer.socket, server.clientEngine("TLSv1.3"));
                secret.handshake("ECHO right\r\n");
                assertEquals("right", secret.line());
            }
            // The only conversation is the one of the good handshake.
            Talk talk = fixture.talk();
            assertEquals("opened", talk.event());
            assertEquals("secured", talk.event());
        }
    }

    @Test
    void followsANewKeyOfTls13() throws Exception {
        TestTls tls = TestTls.with("jsse");
        try (Fixture fixture = starttls(tls.server(false));
                Peer peer = fixture.connect()) {
            var engine = tls.clientEngine("TLSv1.3");
            peer.send("STARTTLS\r\n");
            assertEquals("go ahead", peer.line());
            TlsPeer secret = new TlsPeer(peer.socket, engine);
            secret.handshake("ECHO one\r\n");
            assertEquals("one", secret.line());
            for (int i = 0; i < 3; i++) {
                engine.beginHandshake();
                secret.handshake("ECHO again\r\n");
                assertEquals("again", secret.line());
            }
        }
    }

    @Test
    void refusesRenegotiation() throws Exception {
        TestTls tls = TestTls.with("jsse");
        try (Fixture fixture = starttls(tls.server(false));
                Peer peer = fixture.connect()) {
            TlsPeer secret = upgrade(peer, tls, "TLSv1.2");
            secret.handshake("ECHO one\r\n");
            assertEquals("one", secret.line());
            assertThrows(IOException.class, () -> secret.handshake("ECHO two\r\n"));
            assertTrue(fixture.talk().event("closed").contains("renegotiation"));
            assertFalse(secret.sawCloseNotify());
        }
    }
}
