package org.mailwright.smtp.ext.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.dsn.Notify.Condition;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class DsnClientTest {

    private static final Attributes OF_MAIL =
            Attributes.EMPTY.with(DsnExtension.RET, Ret.HDRS).with(DsnExtension.ENVID, new EnvelopeId("QQ 1+1=2"));
    private static final Recipient NEVER = new Recipient(
            ForwardPath.parse("<c@example.test>"), Attributes.EMPTY.with(DsnExtension.NOTIFY, Notify.NEVER));
    private static final Recipient SUCCESS = new Recipient(
            ForwardPath.parse("<b@example.test>"),
            Attributes.EMPTY
                    .with(DsnExtension.NOTIFY, Notify.of(Condition.FAILURE, Condition.SUCCESS))
                    .with(DsnExtension.ORCPT, OriginalRecipient.of("rfc822", "Bob+x@example.test")));

    private static List<String> said(DsnConfig config, PeerScript script, Recipient... recipients)
            throws IOException, InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(recipients),
                OF_MAIL,
                Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                SmtpClient client = SmtpClient.builder("client.example")
                        .with(new DsnExtension(config))
                        .build()) {
            MailResult result = client.send(ServerAddress.of("127.0.0.1", peer.port()), mail);
            assertTrue(
                    result.recipients().stream().allMatch(one -> one.outcome().isAccepted()));
            return peer.lines().stream()
                    .filter(line -> line.startsWith("MAIL") || line.startsWith("RCPT"))
                    .toList();
        }
    }

    @Test
    void sendsThemOn() throws Exception {
        assertEquals(
                List.of(
                        "MAIL FROM:<a@client.example> RET=HDRS ENVID=QQ+201+2B1+3D2",
                        "RCPT TO:<b@example.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Bob+2Bx@example.test",
                        "RCPT TO:<c@example.test> NOTIFY=NEVER"),
                said(DsnConfig.DEFAULT, PeerScript.offering("DSN"), SUCCESS, NEVER));
    }

    @Test
    void dropsThemWhereThePeerKnowsNothing() throws Exception {
        assertEquals(
                List.of("MAIL FROM:<a@client.example>", "RCPT TO:<b@example.test>", "RCPT TO:<c@example.test>"),
                said(DsnConfig.DEFAULT, PeerScript.offering("SIZE"), SUCCESS, NEVER));
        assertEquals(
                List.of("MAIL FROM:<a@client.example>", "RCPT TO:<c@example.test>"),
                said(DsnConfig.DEFAULT, PeerScript.offering(), NEVER));
    }

    @Test
    void keepsPeersSilentThatKnowNothing() throws Exception {
        DsnConfig silence = new DsnConfig(true);
        assertEquals(List.of("MAIL FROM:<>", "RCPT TO:<c@example.test>"), said(silence, PeerScript.offering(), NEVER));
        assertEquals(
                List.of("MAIL FROM:<a@client.example>", "RCPT TO:<c@example.test>", "RCPT TO:<b@example.test>"),
                said(silence, PeerScript.offering(), NEVER, SUCCESS));
        assertEquals(
                List.of(
                        "MAIL FROM:<a@client.example> RET=HDRS ENVID=QQ+201+2B1+3D2",
                        "RCPT TO:<c@example.test> NOTIFY=NEVER"),
                said(silence, PeerScript.offering("DSN"), NEVER));
    }
}
