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
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.WellKnown;
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
        return said(config, script, OF_MAIL, recipients);
    }

    private static List<String> said(DsnConfig config, PeerScript script, Attributes ofMail, Recipient... recipients)
            throws IOException, InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(recipients),
                ofMail,
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

    /** RFC 3461 §5.2.1: the same value, not one that means the same. */
    @Test
    void sendsThemOnAsTheyCame() throws Exception {
        AttributeKey.Codec<EnvelopeId> envid = DsnExtension.ENVID.codec().orElseThrow();
        AttributeKey.Codec<OriginalRecipient> orcpt = DsnExtension.ORCPT.codec().orElseThrow();
        Attributes ofMail =
                Attributes.EMPTY.with(DsnExtension.ENVID, envid.read().apply("+51Q"));
        assertEquals("+51Q", envid.write().apply(envid.read().apply("+51Q")));
        Recipient to = original(orcpt.read().apply("RFC822;+42ob@example.test"));
        assertEquals(
                List.of(
                        "MAIL FROM:<a@client.example> ENVID=+51Q",
                        "RCPT TO:<b@example.test> ORCPT=RFC822;+42ob@example.test"),
                said(DsnConfig.DEFAULT, PeerScript.offering("DSN"), ofMail, to));
    }

    /** RFC 6533 §3: UTF-8 stands for itself where the peer takes it, and is encoded elsewhere. */
    @Test
    void spellsInternationalAddressesAsThePeerWants() throws Exception {
        Attributes declared = Attributes.EMPTY.with(WellKnown.INTERNATIONALIZED, true);
        PeerScript international = PeerScript.offering("DSN", "SMTPUTF8", "8BITMIME");
        for (String written : List.of("utf-8;\\x{4E2D}\\x{20}@example.test", "utf-8;\u4e2d\\x{20}@example.test")) {
            Recipient to = original(OriginalRecipient.read(written).orElseThrow());
            assertEquals(
                    "RCPT TO:<b@example.test> ORCPT=utf-8;\u4e2d\\x{20}@example.test",
                    said(DsnConfig.DEFAULT, international, declared, to).getLast());
            assertEquals(
                    "RCPT TO:<b@example.test> ORCPT=utf-8;\\x{4E2D}\\x{20}@example.test",
                    said(DsnConfig.DEFAULT, PeerScript.offering("DSN"), declared, to)
                            .getLast());
            assertEquals(
                    "RCPT TO:<b@example.test> ORCPT=utf-8;\\x{4E2D}\\x{20}@example.test",
                    said(DsnConfig.DEFAULT, international, Attributes.EMPTY, to).getLast());
        }
    }

    private static Recipient original(OriginalRecipient original) {
        return new Recipient(
                ForwardPath.parse("<b@example.test>"), Attributes.EMPTY.with(DsnExtension.ORCPT, original));
    }
}
