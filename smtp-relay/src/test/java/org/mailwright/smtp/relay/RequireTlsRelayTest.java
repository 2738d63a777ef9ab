package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.tls.ClientAuth;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.Trust;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.ScriptedPeer;

/** Mail that requires TLS (RFC 8689), to hosts whose TLS is real. */
@Timeout(120)
class RequireTlsRelayTest {

    private static final SmtpListener NAMING = SmtpListener.of("in", Role.MX, RealTls.NAME, "127.0.0.1:0")
            .only(StartTlsExtension.ID, RequireTlsExtension.ID);

    private final RecordingSink sink = RecordingSink.blocking();

    @TempDir
    Path folder;

    private static MxPlan.Host host(String name, int port) {
        return new MxPlan.Host(name, List.of(InetAddress.getLoopbackAddress()), port);
    }

    private static MxPlan.Host host(String name, SmtpServer server) {
        return host(name, server.address("in").getPort());
    }

    private static OutgoingMail required(String from) {
        OutgoingMail plain = RealTls.mail();
        return new OutgoingMail(
                ReversePath.parse(from),
                plain.recipients(),
                Attributes.EMPTY.with(RequireTlsExtension.REQUIRED, true),
                plain.body());
    }

    private static String send(RelayClient client, OutgoingMail mail, RelayClient.Manner manner, MxPlan.Host... hosts)
            throws Exception {
        MxPlan.Nowhere end = new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more"));
        Reply reply = client.send(proven -> MxPlan.of(Arrays.asList(hosts), end), mail, manner, () -> true)
                .getFirst()
                .outcome()
                .reply();
        return (reply.code() + " " + reply.enhanced().map(Object::toString).orElse("")).strip();
    }

    private static String send(RelayClient client, String from, MxPlan.Host... hosts) throws Exception {
        return send(client, required(from), RelayClient.Manner.of(TlsLevel.OPPORTUNISTIC), hosts);
    }

    private static RelayClient relay(RealTls real) throws Exception {
        return real.relay(new Demands(), new RequireTlsExtension());
    }

    /** What the distribution says of mails. */
    private record Demands() implements MailDemands {
        @Override
        public boolean verifiedTls(OutgoingMail mail) {
            return RequireTlsExtension.isRequired(mail.attributes())
                    && !mail.reversePath().path().equals("<>");
        }

        @Override
        public boolean ratherVerifiedTls(OutgoingMail mail) {
            return RequireTlsExtension.isRequired(mail.attributes())
                    && mail.reversePath().path().equals("<>");
        }

        @Override
        public boolean optionalTls(OutgoingMail mail) {
            try {
                return RequireTlsExtension.isOptional(mail);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How the mails came that came: whether each still required TLS, and whether it came within it. */
    private List<String> came() {
        return sink.mails().stream()
                .map(mail -> RequireTlsExtension.isRequired(mail.envelope().attributes())
                        + (mail.text().contains(" with ESMTPS") ? " in TLS" : " in clear"))
                .toList();
    }

    @Test
    void goesToTheHostThatPromisesTheSame() throws Exception {
        RealTls real = new RealTls(folder);
        Extension tls = StartTlsExtension.server(real.server(config -> config));
        try (SmtpServer clear = RealTls.start(sink);
                SmtpServer bare = RealTls.start(sink, tls);
                SmtpServer full = RealTls.start(NAMING, sink, tls, new RequireTlsExtension());
                RelayClient client = relay(real)) {
            assertEquals("550 5.7.10", send(client, "<a@s.test>", host(RealTls.NAME, clear)));
            assertEquals("550 5.7.10", send(client, "<a@s.test>", host("mx.other.test", full)));
            assertEquals("550 5.7.30", send(client, "<a@s.test>", host(RealTls.NAME, bare)));
            assertEquals(List.of(), came());
            assertEquals(
                    "250",
                    send(
                            client,
                            "<a@s.test>",
                            host(RealTls.NAME, clear),
                            host(RealTls.NAME, bare),
                            host("mx.other.test", full),
                            host(RealTls.NAME, full)));
            assertEquals(List.of("true in TLS"), came());
            // a report is not lost for it
            assertEquals("250 2.0.0", send(client, "<>", host(RealTls.NAME, bare)));
            assertEquals("250", send(client, "<>", host(RealTls.NAME, full)));
            assertEquals(List.of("true in TLS", "false in TLS", "true in TLS"), came());
        }
    }

    /** Plays a dialogue, and tells what the sender hears and what the host did: commands, no octets of a handshake. */
    private static String play(RealTls real, String name, PeerScript script) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            String answer;
            try (RelayClient client = relay(real)) {
                answer = send(client, "<a@s.test>", host(name, peer.port()));
            }
            assertEquals(answer.startsWith("250") ? 1 : 0, peer.contents().size(), answer);
            return answer + " after "
                    + peer.lines().stream()
                            .filter(line -> line.matches("(EHLO|STARTTLS|MAIL|RCPT|DATA|BDAT|RSET)\\b.*"))
                            .map(line -> line.startsWith("EHLO") ? "EHLO" : line)
                            .limit(4)
                            .toList();
        }
    }

    @Test
    void isHeldBackAtEachStepThatFails() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        PeerScript clear = PeerScript.offering("ENHANCEDSTATUSCODES", "REQUIRETLS");
        assertEquals("550 5.7.10 after [EHLO]", play(real, RealTls.NAME, clear));
        PeerScript starting = PeerScript.offering("ENHANCEDSTATUSCODES", "STARTTLS");
        String noTls = "550 5.7.10 after [EHLO, STARTTLS]";
        assertEquals(noTls, play(real, RealTls.NAME, starting.on("STARTTLS", "454 4.7.0 not now")));
        assertEquals(noTls, play(real, RealTls.NAME, starting.on("STARTTLS", "501 5.5.4 no")));
        for (PeerAction then : List.of(PeerAction.raw("no TLS here\r\n"), PeerAction.close())) {
            PeerAction broken = PeerAction.all(PeerAction.say("220 2.0.0 go"), then);
            assertEquals(noTls, play(real, RealTls.NAME, starting.on("STARTTLS", broken)));
        }
        PeerScript offering = PeerScript.offering("ENHANCEDSTATUSCODES").startTls(real.peer(), "REQUIRETLS");
        assertEquals(noTls, play(real, "mx.other.test", offering));
        assertEquals(
                "550 5.7.30 after [EHLO, STARTTLS, EHLO]",
                play(real, RealTls.NAME, clear.startTls(real.peer(), "ENHANCEDSTATUSCODES")));
        String went = " after [EHLO, STARTTLS, EHLO, MAIL FROM:<a@s.test> REQUIRETLS]";
        assertEquals(
                "550 5.7.30" + went,
                play(
                        real,
                        RealTls.NAME,
                        PeerScript.offering()
                                .startTls(real.peer(), "REQUIRETLS", "ENHANCEDSTATUSCODES")
                                .on("MAIL", "550 5.7.30 REQUIRETLS support required")));
        assertEquals("250 2.0.0" + went, play(real, RealTls.NAME, offering));
    }

    /** In TLS 1.3 a host refuses a client without a certificate behind the handshake, when all recipients are one. */
    @Test
    void isHeldBackForEachOfItsRecipients() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        Trust known = new Trust.Pem(folder.resolve("self-signed.pem"));
        OutgoingMail mail = required("<a@s.test>")
                .withRecipients(List.of(
                        Recipient.of(ForwardPath.parse("<b@d.test>")), Recipient.of(ForwardPath.parse("<c@d.test>"))));
        try (SmtpServer server = RealTls.start(
                        sink, StartTlsExtension.server(real.server(config -> config.with(ClientAuth.REQUIRE, known))));
                RelayClient client = relay(real)) {
            MxPlan plan = MxPlan.of(
                    List.of(host(RealTls.NAME, server)), new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
            assertEquals(
                    List.of("5.7.10", "5.7.10"),
                    client
                            .send(proven -> plan, mail, RelayClient.Manner.of(TlsLevel.OPPORTUNISTIC), () -> true)
                            .stream()
                            .map(result -> result.outcome().reply().enhanced().orElseThrow())
                            .map(Object::toString)
                            .toList());
        }
        assertEquals(List.of(), came());
    }

    @Test
    void aReportGoesToAHostThatIsVerifiedWhereThereIsOne() throws Exception {
        RealTls real = new RealTls(folder);
        Extension tls = StartTlsExtension.server(real.server(config -> config));
        try (SmtpServer clear = RealTls.start(sink);
                SmtpServer full = RealTls.start(NAMING, sink, tls, new RequireTlsExtension());
                RelayClient client = relay(real)) {
            MxPlan.Host first = host(RealTls.NAME, clear);
            assertEquals("250", send(client, "<>", first, host("mx.other.test", full), host(RealTls.NAME, full)));
            assertEquals(List.of("true in TLS"), came());
            assertEquals("250 2.0.0", send(client, "<>", first));
            assertEquals("250", send(client, "<>", host("mx.other.test", full)));
            assertEquals(List.of("true in TLS", "false in clear", "true in TLS"), came());
        }
    }

    @Test
    void isNeverSaidInClear() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("ENHANCEDSTATUSCODES", "REQUIRETLS"))) {
            try (RelayClient client = relay(real)) {
                assertEquals("250 2.0.0", send(client, "<>", host(RealTls.NAME, peer.port())));
            }
            assertEquals(
                    List.of("MAIL FROM:<>"),
                    peer.lines().stream()
                            .filter(line -> line.startsWith("MAIL"))
                            .toList());
        }
    }

    @Test
    void goesInClearWhereItsHeaderSaysThatTlsIsNotRequired() throws Exception {
        RealTls real = new RealTls(folder);
        real.server(config -> config);
        OutgoingMail optional =
                RealTls.mail().withBody(Body.of("TLS-Required: No\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
        OutgoingMail both = optional.withAttributes(required("<a@s.test>").attributes());
        try (SmtpServer clear = RealTls.start(sink);
                SmtpServer safe = RealTls.start(sink, StartTlsExtension.server(real.server(config -> config)));
                RelayClient client = relay(real)) {
            MxPlan.Host host = host(RealTls.NAME, clear);
            for (TlsLevel level : List.of(TlsLevel.REQUIRED, TlsLevel.VERIFIED)) {
                RelayClient.Manner usual = RelayClient.Manner.of(level);
                RelayClient.Manner smarthost =
                        new RelayClient.Manner(level, Attributes.EMPTY, Optional.empty(), true, false);
                assertEquals("454 4.7.4", send(client, RealTls.mail(), usual, host));
                assertEquals("454 4.7.4", send(client, optional, smarthost, host));
                assertEquals("550 5.7.10", send(client, both, usual, host));
                assertEquals("250 2.0.0", send(client, optional, usual, host));
                assertEquals("250 2.0.0", send(client, optional, usual, host("mx.other.test", safe)));
            }
            assertEquals(List.of("false in clear", "false in TLS", "false in clear", "false in TLS"), came());
        }
    }
}
