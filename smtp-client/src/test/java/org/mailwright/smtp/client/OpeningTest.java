package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class OpeningTest {

    private static final PeerScript GOOD = PeerScript.offering("PIPELINING");

    private final SmtpClient client = SmtpClient.builder("me").build();

    @AfterEach
    void end() {
        client.close();
    }

    private static ServerAddress at(int port) {
        return ServerAddress.of("127.0.0.1", port);
    }

    @Test
    void isSharedAndKeptForMails() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        PeerScript slow = GOOD.on(PeerScript.CONNECT, PeerAction.all(PeerAction.await(go), PeerAction.behave()));
        try (ScriptedPeer peer = ScriptedPeer.start(slow)) {
            Opening first = client.open(at(peer.port()));
            assertTrue(first.reached().get());
            assertFalse(first.ready().isDone());
            Opening second = client.open(at(peer.port()));
            assertTrue(second.reached().get());
            go.countDown();
            assertEquals(Optional.empty(), first.ready().get());
            assertEquals(Optional.empty(), second.ready().get());
            assertTrue(client.open(at(peer.port())).ready().isDone());
            OutgoingMail mail = OutgoingMail.of(
                    ReversePath.parse("<>"),
                    List.of(ForwardPath.parse("<b@d.test>")),
                    Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertTrue(client.send(at(peer.port()), mail).isAccepted());
            assertEquals(1, peer.connections());
        }
    }

    @Test
    void tellsWhyThereIsNone() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Opening nobody = client.open(at(free));
        assertEquals(Moment.CONNECT, nobody.ready().get().orElseThrow().moment());
        assertFalse(nobody.reached().get());
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, "554 5.3.2 no mail"), GOOD)) {
            Outcome refusal = client.open(at(peer.port())).ready().get().orElseThrow();
            assertEquals(554, refusal.reply().code());
            assertEquals(Optional.empty(), client.open(at(peer.port())).ready().get());
        }
        client.close();
        assertEquals(
                "The client is closed",
                client.open(at(free)).ready().get().orElseThrow().reply().text());
    }

    @Test
    void endsWithTheClient() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(GOOD.on(PeerScript.CONNECT, PeerAction.stall()))) {
            Opening opening = client.open(at(peer.port()));
            opening.reached().get();
            client.close();
            assertEquals(
                    "The client is closed",
                    opening.ready().get().orElseThrow().reply().text());
        }
    }
}
