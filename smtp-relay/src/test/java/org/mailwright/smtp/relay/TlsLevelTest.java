package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.ext.tls.ClientAuth;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsConfig;
import org.mailwright.smtp.ext.tls.TlsServerContext;
import org.mailwright.smtp.ext.tls.TlsVersion;
import org.mailwright.smtp.ext.tls.Trust;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.ScriptedPeer;

/** The levels of TLS against servers whose TLS works, and does not. */
@Timeout(120)
class TlsLevelTest {

    private final RecordingSink sink = RecordingSink.blocking();

    @TempDir
    Path folder;

    private static Outcome send(RelayClient client, String name, int port, TlsLevel level) throws Exception {
        MxPlan plan = MxPlan.of(
                List.of(new MxPlan.Host(name, List.of(InetAddress.getLoopbackAddress()), port)),
                new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
        return client.send(proven -> plan, RealTls.mail(), RelayClient.Manner.of(level), () -> true)
                .get(0)
                .outcome();
    }

    private static void assertDeferred(String text, Outcome outcome) {
        Reply reply = outcome.reply();
        assertTrue(reply.isTransient() && reply.text().contains(text), reply.toString());
    }

    /** Tells how the last mail came: "ESMTPS" within TLS, "ESMTP" in clear. */
    private String protocol() {
        String text = sink.mails().get(sink.mails().size() - 1).text();
        return text.replaceAll("(?s).*?\\swith (E?SMTPS?A?)\\b.*", "$1");
    }

    @Test
    void goesByTlsAndChecksTheName() throws Exception {
        RealTls real = new RealTls(folder);
        TlsServerContext tls = real.server(config -> config);
        try (SmtpServer server = RealTls.start(sink, StartTlsExtension.server(tls));
                RelayClient client = real.relay()) {
            int port = server.address("in").getPort();
            for (TlsLevel level : TlsLevel.values()) {
                assertEquals(
                        250, send(client, RealTls.NAME, port, level).reply().code(), level.toString());
                assertEquals(level == TlsLevel.NONE ? "ESMTP" : "ESMTPS", protocol(), level.toString());
            }
            assertDeferred("mx.other.test", send(client, "mx.other.test", port, TlsLevel.VERIFIED));
            assertEquals(
                    250,
                    send(client, "mx.other.test", port, TlsLevel.REQUIRED)
                            .reply()
                            .code());
            assertEquals("ESMTPS", protocol());
            assertEquals(TlsLevel.values().length + 1, sink.mails().size());
        }
    }

    @Test
    void findsNoCommonVersion() throws Exception {
        RealTls real = new RealTls(folder).clientWith(TlsConfig.DEFAULTS.with(Set.of(TlsVersion.TLS_1_3)));
        TlsConfig old = TlsConfig.DEFAULTS.with(Set.of(TlsVersion.TLS_1_2));
        handshakeFails(real, real.server(config -> config.with(old)));
    }

    @Test
    void hasNoCertificateToShow() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        Path trusted = folder.resolve("self-signed.pem");
        for (TlsVersion version : TlsVersion.values()) { // in 1.3 the client learns of it late
            TlsConfig protocol = TlsConfig.DEFAULTS.with(Set.of(version));
            handshakeFails(
                    real,
                    real.server(config -> config.with(protocol).with(ClientAuth.REQUIRE, new Trust.Pem(trusted))));
        }
    }

    private void handshakeFails(RealTls real, TlsPolicy broken) throws Exception {
        int before = sink.mails().size();
        try (SmtpServer server = RealTls.start(sink, StartTlsExtension.server(broken));
                RelayClient client = real.relay()) {
            int port = server.address("in").getPort();
            assertDeferred("", send(client, RealTls.NAME, port, TlsLevel.REQUIRED));
            assertDeferred("", send(client, RealTls.NAME, port, TlsLevel.VERIFIED));
            assertEquals(before, sink.mails().size());
            assertEquals(
                    250,
                    send(client, RealTls.NAME, port, TlsLevel.OPPORTUNISTIC)
                            .reply()
                            .code());
            assertEquals("ESMTP", protocol());
        }
    }

    @Test
    void isAnsweredThatThereIsNoTlsNow() throws Exception {
        RealTls real = new RealTls(folder);
        TlsPolicy tls = real.server(config -> config);
        AtomicInteger asked = new AtomicInteger();
        // Offered at EHLO, gone at STARTTLS.
        StartTlsExtension flickering = new StartTlsExtension(
                Optional.of(() -> asked.incrementAndGet() % 2 == 1 ? Optional.of(tls) : Optional.empty()),
                Optional.empty());
        try (SmtpServer server = RealTls.start(sink, flickering);
                RelayClient client = real.relay()) {
            int port = server.address("in").getPort();
            assertDeferred("answers 454", send(client, RealTls.NAME, port, TlsLevel.REQUIRED));
            assertDeferred("answers 454", send(client, RealTls.NAME, port, TlsLevel.VERIFIED));
            assertEquals(0, sink.mails().size());
            assertEquals(
                    250,
                    send(client, RealTls.NAME, port, TlsLevel.OPPORTUNISTIC)
                            .reply()
                            .code());
            assertEquals("ESMTP", protocol());
        }
    }

    @Test
    void isOfferedNothing() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        try (SmtpServer server = RealTls.start(sink);
                RelayClient client = real.relay()) {
            int port = server.address("in").getPort();
            assertDeferred("does not offer it", send(client, RealTls.NAME, port, TlsLevel.REQUIRED));
            assertEquals(
                    250,
                    send(client, RealTls.NAME, port, TlsLevel.OPPORTUNISTIC)
                            .reply()
                            .code());
        }
    }

    @Test
    void hearsGarbageInPlaceOfAHandshake() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        for (PeerAction then : new PeerAction[] {PeerAction.raw("no TLS here\r\n"), PeerAction.close()}) {
            PeerScript script = PeerScript.offering("PIPELINING", "STARTTLS")
                    .on("STARTTLS", PeerAction.all(PeerAction.say("220 go"), then));
            try (ScriptedPeer peer = ScriptedPeer.start(script);
                    RelayClient client = real.relay()) {
                assertDeferred("", send(client, RealTls.NAME, peer.port(), TlsLevel.REQUIRED));
                assertEquals(0, peer.contents().size());
                assertEquals(
                        250,
                        send(client, RealTls.NAME, peer.port(), TlsLevel.OPPORTUNISTIC)
                                .reply()
                                .code());
                int connections = peer.connections();
                assertEquals(
                        250,
                        send(client, RealTls.NAME, peer.port(), TlsLevel.OPPORTUNISTIC)
                                .reply()
                                .code());
                assertEquals(connections, peer.connections()); // and remembers it
            }
        }
    }
}
