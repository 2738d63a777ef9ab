package org.mailwright.smtp.ext.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class EtrnClientTest {

    private final List<String> told = new CopyOnWriteArrayList<>();

    private Optional<Outcome> asked(ScriptedPeer peer, String... nodes) throws Exception {
        EtrnRequest request = new EtrnRequest(
                Stream.of(nodes).map(node -> EtrnNode.parse(node).orElseThrow()).toList(),
                (node, reply) -> told.add(node + " " + reply));
        try (SmtpClient client =
                SmtpClient.builder("client.example").with(new EtrnExtension()).build()) {
            ServerAddress server = ServerAddress.of("127.0.0.1", peer.port())
                    .withSettings(Attributes.EMPTY.with(EtrnExtension.REQUEST, request));
            return client.open(server).ready().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void asksForEachNode() throws Exception {
        PeerScript script = PeerScript.offering("ETRN", "PIPELINING")
                .on("ETRN#1", "253 2.0.0 OK, 3 pending")
                .on("ETRN#2", "459 4.7.1 Not you")
                .on("ETRN#3", "250 OK");
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            assertEquals(Optional.empty(), asked(peer, "a.test", "@b.test", "#c"));
            assertEquals(List.of("a.test 253 2.0.0 OK, 3 pending", "@b.test 459 4.7.1 Not you", "#c 250 OK"), told);
            assertEquals(
                    List.of("EHLO client.example", "ETRN a.test", "ETRN @b.test", "ETRN #c", "QUIT"), peer.lines());
        }
    }

    @Test
    void asksNoMoreWhereItIsNotUnderstood() throws Exception {
        for (String reply : List.of("500 5.5.1 What?", "501 5.5.4 What?")) {
            told.clear();
            PeerScript script = PeerScript.offering("ETRN")
                    .on("ETRN#1", "458 4.4.5 Not now")
                    .on("ETRN#2", reply);
            try (ScriptedPeer peer = ScriptedPeer.start(script)) {
                assertEquals(Optional.empty(), asked(peer, "a.test", "b.test", "c.test"));
                assertEquals(List.of("a.test 458 4.4.5 Not now", "b.test " + reply, "c.test " + reply), told);
                assertEquals(List.of("EHLO client.example", "ETRN a.test", "ETRN b.test", "QUIT"), peer.lines());
            }
        }
    }

    @Test
    void asksNobodyWhoDoesNotOfferIt() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("SIZE"))) {
            assertEquals(Optional.empty(), asked(peer, "a.test"));
            assertEquals(List.of("a.test 502 5.5.1 The server does not offer ETRN"), told);
            assertEquals(List.of("EHLO client.example", "QUIT"), peer.lines());
        }
    }

    @Test
    void tellsOfAConnectionThatEnds() throws Exception {
        PeerScript script = PeerScript.offering("ETRN")
                .on("ETRN", PeerAction.all(PeerAction.say("421 4.3.2 bye"), PeerAction.close()));
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            assertTrue(asked(peer, "a.test").isPresent());
            assertEquals(List.of(), told);
        }
    }
}
