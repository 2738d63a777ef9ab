package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.tls.RequireTlsExtension;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordingSink;

/** Mail that requires TLS (RFC 8689), to hosts whose TLS is real. */
@Timeout(120)
class RequireTlsRelayTest {

    private static final SmtpListener NAMING = SmtpListener.of("in", Role.MX, RealTls.NAME, "127.0.0.1:0")
            .only(StartTlsExtension.ID, RequireTlsExtension.ID);

    private final RecordingSink sink = RecordingSink.blocking();

    @TempDir
    Path folder;

    private static MxPlan.Host host(String name, SmtpServer server) {
        return new MxPlan.Host(
                name,
                List.of(InetAddress.getLoopbackAddress()),
                server.address("in").getPort());
    }

    private static String send(RelayClient client, String from, MxPlan.Host... hosts) throws Exception {
        OutgoingMail plain = RealTls.mail();
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse(from),
                plain.recipients(),
                Attributes.EMPTY.with(RequireTlsExtension.REQUIRED, true),
                plain.body());
        MxPlan plan = MxPlan.of(Arrays.asList(hosts), new MxPlan.Nowhere(Reply.of(550, "5.4.4", "no more")));
        Reply reply = client.send(plan, mail, RelayClient.Manner.of(TlsLevel.OPPORTUNISTIC), () -> true)
                .getFirst()
                .outcome()
                .reply();
        return (reply.code() + " " + reply.enhanced().map(Object::toString).orElse("")).strip();
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
                RelayClient client = real.relay(
                        mail -> RequireTlsExtension.isRequired(mail.attributes())
                                && !mail.reversePath().path().equals("<>"),
                        new RequireTlsExtension())) {
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
}
