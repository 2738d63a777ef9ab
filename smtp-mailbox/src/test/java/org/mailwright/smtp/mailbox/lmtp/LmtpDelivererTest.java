package org.mailwright.smtp.mailbox.lmtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class LmtpDelivererTest {

    private static DeliveryResult delivered(PeerScript script, List<Extension> extensions) throws Exception {
        Message message = new Message(
                "m1",
                ReversePath.parse("<a@client.example>"),
                Attributes.EMPTY,
                Provenance.local("test"),
                Instant.EPOCH,
                Instant.EPOCH,
                0);
        try (ScriptedPeer peer = ScriptedPeer.start(script.lmtp());
                LmtpDeliverer deliverer = LmtpDeliverer.to(
                        new LmtpServer.Tcp("127.0.0.1", peer.port()), "mx.example.test", extensions, 1)) {
            return deliverer
                    .deliver(new DeliveryRequest(
                            message,
                            new LaneName("local", "example.test"),
                            message.reversePath(),
                            List.of(Recipient.of(ForwardPath.parse("<b@example.test>"))),
                            Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)),
                            () -> true))
                    .getFirst();
        }
    }

    /** A client that passes on what the sender asked for. */
    private static final class PassesOn implements Extension {
        @Override
        public String id() {
            return "DSN";
        }
    }

    /** A server that offers DSN hears of NOTIFY, and the sender hears of the delivery from it. */
    @Test
    void leavesReportsOfSuccessToAServerThatMakesThem() throws Exception {
        List<Extension> able = List.of(new PassesOn());
        assertEquals(
                Action.PASSED_ON, delivered(PeerScript.offering("DSN"), able).action());
        assertEquals(
                Action.DELIVERED, delivered(PeerScript.offering("SIZE"), able).action());
        assertEquals(
                Action.DELIVERED,
                delivered(PeerScript.offering("DSN"), List.of()).action(),
                "nobody told the server of NOTIFY");
        DeliveryResult refused = delivered(PeerScript.offering("DSN").on("RCPT", "550 5.1.1 Nobody"), able);
        assertTrue(refused.outcome().isPermanent());
        assertEquals(Action.DELIVERED, refused.action());
    }
}
