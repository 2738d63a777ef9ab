package org.mailwright.smtp.ext.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class ProxyClientTest {

    private static final ClientFacts SPIKE = ClientFacts.of(new InetSocketAddress("192.0.2.1", 2500))
            .with(Fact.NAME, "spike.example")
            .with(Fact.HELO, "spike example")
            .with(Fact.LOGIN, "me@example.test");

    /** Sends one mail twice; returns what became of the last one, and what the peer was told but for RCPT and DATA. */
    private static List<String> told(PeerScript script, Attributes ofMail, Attributes ofServer) throws Exception {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(Recipient.of(ForwardPath.parse("<b@example.test>"))),
                ofMail,
                Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            String last = "";
            try (SmtpClient client = SmtpClient.builder("client.example")
                    .with(new XclientExtension())
                    .with(new XforwardExtension())
                    .build()) {
                for (int i = 0; i < 2; i++) {
                    ServerAddress server =
                            ServerAddress.of("127.0.0.1", peer.port()).withSettings(ofServer);
                    last = Integer.toString(client.send(server, mail)
                            .recipients()
                            .getFirst()
                            .outcome()
                            .reply()
                            .code());
                }
            }
            List<String> lines = new ArrayList<>(List.of(last));
            peer.lines().stream()
                    .filter(line -> line.startsWith("EHLO") || line.startsWith("X") || line.startsWith("MAIL"))
                    .map(line -> line.startsWith("X") ? line : line.substring(0, 4))
                    .forEach(lines::add);
            return lines;
        }
    }

    @Test
    void introducesTheClientOnce() throws Exception {
        Attributes server = Attributes.EMPTY.with(XclientExtension.DESTINATION, SPIKE);
        PeerScript script =
                PeerScript.offering("XCLIENT NAME addr PORT LOGIN FOO").on("XCLIENT", "220 peer.test ESMTP");
        String line = "XCLIENT NAME=spike.example ADDR=192.0.2.1 PORT=2500 LOGIN=me@example.test";
        assertEquals(List.of("250", "EHLO", line, "EHLO", "MAIL", "MAIL"), told(script, Attributes.EMPTY, server));
        assertEquals(List.of("250", "EHLO", "MAIL", "MAIL"), told(script, Attributes.EMPTY, Attributes.EMPTY));
    }

    @Test
    void doesNotSpeakInItsOwnNameInstead() throws Exception {
        Attributes server = Attributes.EMPTY.with(XclientExtension.DESTINATION, SPIKE);
        assertEquals(List.of("454", "EHLO", "EHLO"), told(PeerScript.offering("SIZE"), Attributes.EMPTY, server));
        PeerScript refusing = PeerScript.offering("XCLIENT ADDR").on("XCLIENT", "550 5.7.0 no");
        assertEquals(
                List.of("550", "EHLO", "XCLIENT ADDR=192.0.2.1", "EHLO", "XCLIENT ADDR=192.0.2.1"),
                told(refusing, Attributes.EMPTY, server));
    }

    @Test
    void saysWhereEachMailCameFrom() throws Exception {
        Attributes mail = Attributes.EMPTY.with(XforwardExtension.ORIGIN, SPIKE);
        String line = "XFORWARD ADDR=192.0.2.1 HELO=spike+20example";
        for (String reply : List.of("250 2.0.0 ok", "550 5.7.0 no")) {
            PeerScript script = PeerScript.offering("XFORWARD ADDR HELO").on("XFORWARD", reply);
            assertEquals(List.of("250", "EHLO", line, "MAIL", line, "MAIL"), told(script, mail, Attributes.EMPTY));
        }
        PeerScript group =
                PeerScript.offering("PIPELINING", "XFORWARD ADDR HELO").on("XFORWARD", "250 2.0.0 ok");
        assertEquals(List.of("250", "EHLO", line, "MAIL", line, "MAIL"), told(group, mail, Attributes.EMPTY));
        assertEquals(List.of("250", "EHLO", "MAIL", "MAIL"), told(PeerScript.offering(), mail, Attributes.EMPTY));
    }
}
