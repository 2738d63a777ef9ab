package org.mailwright.smtp.ext.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class LimitsClientTest {

    private static final byte[] CONTENT = "x\r\n".getBytes(StandardCharsets.US_ASCII);

    private static OutgoingMail mail(Body body, String... to) {
        return OutgoingMail.of(
                ReversePath.parse("<a@client.example>"),
                Arrays.stream(to)
                        .map(address -> ForwardPath.parse("<" + address + ">"))
                        .toList(),
                body);
    }

    private static OutgoingMail mail(String... to) {
        return mail(Body.of(CONTENT), to);
    }

    /** Sends mails, one after the other; returns the codes and moments of all recipients. */
    private static String sent(ScriptedPeer peer, OutgoingMail... mails) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        try (SmtpClient client = SmtpClient.builder("client.example")
                .with(new LimitsExtension())
                .configure(config -> config.withConnections(1))
                .build()) {
            for (OutgoingMail mail : mails) {
                all.append(all.isEmpty() ? "" : " ")
                        .append(client.send(ServerAddress.of("127.0.0.1", peer.port()), mail).recipients().stream()
                                .map(one ->
                                        Integer.toString(one.outcome().reply().code()))
                                .collect(Collectors.joining(",")));
            }
        }
        return all.toString();
    }

    /** Returns the first letters of what the peer was told. */
    private static String told(ScriptedPeer peer) {
        return peer.lines().stream().map(line -> line.substring(0, 1)).collect(Collectors.joining());
    }

    @Test
    void dividesRecipients() throws Exception {
        for (String[] offer :
                List.of(new String[] {"LIMITS RCPTMAX=2"}, new String[] {"PIPELINING", "limits rcptmax=2"})) {
            try (ScriptedPeer peer =
                    ScriptedPeer.start(PeerScript.offering(offer).on("RCPT#2", "550 5.1.1 no"))) {
                assertEquals(
                        "250,550,250,250,250",
                        sent(peer, mail("a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test")));
                assertEquals(3, peer.contents().size());
                assertEquals("EMRRDMRRDMRDQ", told(peer));
            }
        }
    }

    @Test
    void sendsUndividedWhatFits() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("LIMITS RCPTMAX=2 MAILMAX=99 FUTURE=x"))) {
            assertEquals("250,250 250", sent(peer, mail("a@x.test", "b@x.test"), mail("a@x.test")));
            assertEquals("EMRRDMRDQ", told(peer));
        }
    }

    @Test
    void ignoresWhatIsNoLimit() throws Exception {
        String nonsense = "LIMITS RCPTMAX=0 MAILMAX=x RCPTDOMAINMAX RCPTMAX=0000001 RCPTMAX=1000000";
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering(nonsense))) {
            assertEquals("250,250 250", sent(peer, mail("a@x.test", "b@y.test"), mail("a@z.test")));
            assertEquals("EMRRDMRDQ", told(peer));
        }
    }

    /**
     * RFC 9422 section 3.7: what is no list of limits counts for nothing, but a limit that nobody knows does no harm.
     */
    @Test
    void ignoresAnOfferThatIsNoList() throws Exception {
        for (String offer : List.of("LIMITS RCPTMAX=1 A;B", "LIMITS RCPTMAX=1 X=", "LIMITS RCPTMAX=1 MAIL:MAX=2")) {
            try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering(offer))) {
                assertEquals("250,250", sent(peer, mail("a@x.test", "b@x.test")));
                assertEquals("EMRRDQ", told(peer));
            }
        }
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("LIMITS RCPTMAX=1 NEW_LIMIT-2=a,b FLAG"))) {
            assertEquals("250,250", sent(peer, mail("a@x.test", "b@x.test")));
            assertEquals("EMRDMRDQ", told(peer));
        }
    }

    /** RFC 9422 section 3.6: the last EHLO counts, also when it says nothing of limits. */
    @Test
    void forgetsLimitsWithTheNextEhlo() throws Exception {
        PeerScript script = PeerScript.offering("LIMITS RCPTMAX=1").on("EHLO#2", "250-peer.test\r\n250 PIPELINING");
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                SmtpClient client = SmtpClient.builder("client.example")
                        .with(new LimitsExtension())
                        .with(new Again())
                        .build()) {
            client.send(ServerAddress.of("127.0.0.1", peer.port()), mail("a@x.test", "b@x.test"));
            assertEquals("EEMRRD", told(peer).substring(0, 6));
        }
    }

    /** Presents itself twice, as after AUTH. */
    private record Again() implements Extension {
        @Override
        public String id() {
            return "X-AGAIN";
        }

        @Override
        public void client(ClientSide side) {
            AtomicBoolean first = new AtomicBoolean(true);
            side.step(
                    ClientPhase.AUTHENTICATE,
                    0,
                    peer -> first.getAndSet(false) ? new ClientMove.Greet() : ClientMove.done());
        }
    }

    @Test
    void takesAnotherConnectionForMoreMails() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("LIMITS MAILMAX=2"))) {
            assertEquals("250 250 250", sent(peer, mail("a@x.test"), mail("b@x.test"), mail("c@x.test")));
            assertEquals(2, peer.connections());
            assertEquals("EMRDMRDQEMRDQ", told(peer));
        }
    }

    @Test
    void failsThePortionsThatAreTooMany() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("PIPELINING", "LIMITS MAILMAX=2 RCPTMAX=1"))) {
            assertEquals("250,250,452", sent(peer, mail("a@x.test", "b@x.test", "c@x.test")));
            assertEquals("EMRDMRDQ", told(peer));
        }
    }

    @Test
    void takesAnotherConnectionForAnotherDomain() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("LIMITS RCPTDOMAINMAX=1"))) {
            assertEquals(
                    "250,452,250 250 250",
                    sent(peer, mail("a@x.test", "b@y.test", "c@X.test"), mail("b@y.test"), mail("b@z.test")));
            assertEquals(3, peer.connections());
        }
    }

    @Test
    void failsWhatCannotBeReadAgain() throws Exception {
        Body once = Body.once(OptionalLong.of(CONTENT.length), new ByteArrayInputStream(CONTENT));
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("8BITMIME", "LIMITS RCPTMAX=1"))) {
            assertEquals("250,452", sent(peer, mail(once, "a@x.test", "b@x.test")));
        }
    }

    @Test
    void tellsThePortionsOfALostConnection() throws Exception {
        for (PeerAction end : List.of(PeerAction.close(), PeerAction.say("421 4.3.2 bye"))) {
            PeerScript script =
                    PeerScript.offering("LIMITS RCPTMAX=1").on("MAIL#2", PeerAction.all(end, PeerAction.close()));
            try (ScriptedPeer peer = ScriptedPeer.start(script)) {
                String codes = sent(peer, mail("a@x.test", "b@x.test", "c@x.test"));
                assertEquals("250", codes.substring(0, 3));
                assertEquals(end instanceof PeerAction.Close ? "451,452" : "421,452", codes.substring(4));
            }
        }
    }
}
