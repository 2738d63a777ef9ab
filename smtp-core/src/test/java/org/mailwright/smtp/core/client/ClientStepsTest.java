package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientObserver;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

class ClientStepsTest {

    private static final AttributeKey<String> PASSWORD = AttributeKey.of("password", Scope.CONNECTION);
    private static final AttributeKey<Integer> ROUND = AttributeKey.of("round", Scope.CONNECTION);
    private static final TlsPolicy POLICY = new TlsPolicy() {
        @Override
        public SSLEngine newEngine(SocketAddress remote) throws IOException {
            throw new IOException("memory has no engine");
        }

        @Override
        public TlsSession describe(SSLEngine engine) throws IOException {
            throw new IOException("memory has no engine");
        }
    };
    private static final TlsSession TLS = new TlsSession() {
        @Override
        public String protocol() {
            return "TLSv1.3";
        }

        @Override
        public String cipherSuite() {
            return "TLS_AES_128_GCM_SHA256";
        }

        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public List<Certificate> peerCertificates() {
            return List.of();
        }

        @Override
        public List<Certificate> localCertificates() {
            return List.of();
        }

        @Override
        public Optional<byte[]> export(String label, byte[] context, int length) {
            return Optional.empty();
        }
    };

    private static Extension extension(String id, Consumer<ClientSide> client) {
        return new Extension() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void client(ClientSide side) {
                client.accept(side);
            }
        };
    }

    private static final ClientStep STARTTLS = peer -> {
        if (peer.tls().isPresent()) {
            return ClientMove.done();
        }
        if (!peer.offers("STARTTLS")) {
            throw SmtpException.of(454, "4.7.0", "TLS is required and not offered");
        }
        return ClientMove.send(ClientLine.of(Command.of("STARTTLS")), (reply, again) -> {
            if (!reply.isPositive()) {
                throw new SmtpException(reply);
            }
            return new ClientMove.UpgradeTls(POLICY);
        });
    };

    private static final ClientStep AUTH = peer -> ClientMove.send(
            ClientLine.of(Command.of("AUTH", "X")),
            (challenge, again) -> challenge.isIntermediate()
                    ? ClientMove.send(ClientLine.secret(again.get(PASSWORD).orElseThrow()), (reply, last) -> {
                        if (!reply.isPositive()) {
                            throw new SmtpException(reply);
                        }
                        last.authenticated(new Identity("user", "X"));
                        return ClientMove.done();
                    })
                    : ClientMove.done());

    private static ClientFixture client(Extension... extensions) {
        Destination to = Destination.of("mx.example.org", Attributes.EMPTY.with(PASSWORD, "s3cret"));
        return new ClientFixture(ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS, to, extensions);
    }

    @Test
    void runsStepsInOrderOfPhaseAndForgetsWhatWasSaidInClear() {
        List<String> log = new ArrayList<>();
        ClientObserver observer = new ClientObserver() {
            @Override
            public void sent(PeerView peer, ClientLine line) {
                log.add(line.toString());
            }
        };
        ClientFixture client = client(
                PIPELINING,
                extension("AUTH", side -> side.step(ClientPhase.AUTHENTICATE, 0, AUTH)),
                extension("STARTTLS", side -> side.step(ClientPhase.SECURE, 0, STARTTLS)),
                extension("LOG", side -> side.observer(observer)));
        client.transport.begin(client.session);
        client.reply("220 mx");
        assertEquals("EHLO localhost\r\nSTARTTLS\r\n", client.answer("250-mx\r\n250-PIPELINING\r\n250 STARTTLS"));
        client.reply("220 go");
        assertEquals(Optional.of(POLICY), client.transport.handshake());
        client.transport.secure(TLS);
        assertEquals("EHLO localhost\r\n", client.said());
        assertEquals("AUTH X\r\n", client.answer("250 mx"));
        assertEquals("s3cret\r\n", client.answer("334 say"));
        client.reply("235 2.7.0 welcome");
        assertEquals(List.of("ready []", "idle"), client.news);
        assertEquals(List.of("EHLO localhost", "STARTTLS", "EHLO localhost", "AUTH X", "***"), log);
        PeerView peer = client.session.peer().orElseThrow();
        assertEquals(Optional.of(new Identity("user", "X")), peer.identity());
        assertFalse(peer.offers("PIPELINING"), "was said in clear");
        client.send("x");
        assertEquals("MAIL FROM:<a@example.net>\r\n", client.said());
    }

    @Test
    void endsWhenOctetsCameInClearBehindTheLeaveToStartTls() {
        for (boolean whole : new boolean[] {true, false}) {
            ClientFixture client = client(extension("STARTTLS", side -> side.step(ClientPhase.SECURE, 0, STARTTLS)));
            client.transport.begin(client.session);
            client.reply("220 mx");
            client.reply("250-mx\r\n250 STARTTLS");
            client.transport.feed(whole ? "220 go\r\n250-injected\r\n250 AUTH X\r\n" : "220 go\r\n2");
            assertEquals(Optional.empty(), client.transport.handshake());
            assertFalse(client.transport.isOpen());
            assertInstanceOf(Outcome.Failed.class, client.ending);
        }
    }

    @Test
    void givesUpWithTheReplyThatAStepThrows() {
        ClientFixture client = client(extension("STARTTLS", side -> side.step(ClientPhase.SECURE, 0, STARTTLS)));
        client.transport.begin(client.session);
        client.answer("220 mx");
        assertEquals("QUIT\r\n", client.answer("250 mx"));
        client.reply("221 bye");
        assertEquals(
                new Outcome.Refused(Reply.of(454, "4.7.0", "TLS is required and not offered"), Moment.STEP),
                client.ending);
        assertEquals(List.of("closed false"), client.news);
    }

    @Test
    void endsWhenAStepFails() {
        ClientFixture client = client(extension(
                "BAD",
                side -> side.step(ClientPhase.READY, 0, peer -> {
                    throw new IOException("no token for s3cret");
                })));
        client.transport.begin(client.session);
        client.reply("220 mx");
        client.reply("250 mx");
        assertFalse(client.transport.isOpen());
        assertFalse(client.ending.reply().text().contains("s3cret"));
    }

    @Test
    void boundsStepsThatNeverEnd() {
        ClientFixture client =
                client(extension("LOOP", side -> side.step(ClientPhase.INTRODUCE, 0, peer -> new ClientMove.Greet())));
        client.transport.begin(client.session);
        client.reply("220 mx");
        for (int i = 0; i < 1000 && client.transport.isOpen(); i++) {
            client.reply("250 mx");
        }
        assertFalse(client.transport.isOpen());
    }

    @Test
    void keepsValuesOfTheConnectionWhenItGreetsAgain() {
        ClientFixture client = client(extension(
                "XCLIENT",
                side -> side.step(ClientPhase.INTRODUCE, 0, peer -> {
                    peer.set(ROUND, peer.get(ROUND).orElse(0) + 1);
                    return peer.get(ROUND).orElseThrow() == 1 ? new ClientMove.Greet() : ClientMove.done();
                })));
        client.ready();
        client.reply("250 again");
        assertEquals(Optional.of(2), client.session.peer().orElseThrow().get(ROUND));
        assertEquals("idle", client.news.getLast());
    }

    @Test
    void beginsWithTlsWhereItIsImplicit() {
        Destination to = new Destination("mx", Attributes.EMPTY, Optional.of(POLICY));
        ClientFixture client = new ClientFixture(ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS, to);
        client.transport.begin(client.session);
        assertTrue(client.transport.handshake().isPresent());
        client.transport.secure(TLS);
        assertEquals("EHLO localhost\r\n", client.answer("220 mx"));
    }

    @Test
    void goesOnInTheTlsOfAConnectionThatIsHandedOver() {
        List<String> seen = new ArrayList<>();
        Destination to = Destination.of("mx").inheriting(Optional.of(TLS));
        ClientFixture client = new ClientFixture(
                ClientConfig.DEFAULTS,
                MemoryTransport.Options.DEFAULTS,
                to,
                extension(
                        "SEES",
                        side -> side.step(ClientPhase.SECURE, 0, peer -> {
                            seen.add(peer.tls().map(TlsSession::protocol).orElse("none"));
                            return ClientMove.done();
                        })));
        client.transport.begin(client.session);
        assertFalse(client.transport.handshake().isPresent());
        assertEquals("EHLO localhost\r\n", client.answer("220 mx"));
        client.reply("250 mx");
        assertEquals(List.of(TLS.protocol()), seen);
        assertEquals("idle", client.news.getLast());
    }

    @Test
    void holdsOctetsThatComeWhileAStepBlocks() {
        ClientFixture client = new ClientFixture(
                ClientConfig.DEFAULTS,
                MemoryTransport.Options.DEFAULTS.withOffloadOnRequest(),
                extension(
                        "SLOW",
                        side -> side.step(
                                ClientPhase.READY,
                                0,
                                peer -> ClientMove.send(
                                        ClientLine.of(Command.of("NOOP")), (reply, again) -> ClientMove.done()))));
        client.transport.begin(client.session);
        client.answer("220 mx");
        client.transport.feed("250 mx\r\n250 noop, sent ahead\r\n");
        assertEquals("", client.said());
        client.transport.runOffloaded();
        client.transport.run();
        assertFalse(client.transport.isOpen(), "the answer was there before the question");
        assertEquals("closed false", client.news.getLast());
    }

    @Test
    void checksTheExtensionsAgainstEachOther() {
        Extension needs = new Extension() {
            @Override
            public String id() {
                return "BINARYMIME";
            }

            @Override
            public Set<String> requires() {
                return Set.of("CHUNKING");
            }
        };
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ClientProfile.of(List.of(needs)));
        assertEquals("extension BINARYMIME requires CHUNKING, which is not there", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ClientProfile.of(List.of(PIPELINING, PIPELINING)));
    }
}
