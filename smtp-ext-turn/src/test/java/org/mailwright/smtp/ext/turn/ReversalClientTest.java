package org.mailwright.smtp.ext.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestServer;
import org.mailwright.smtp.testkit.TestService;

/** A client of ours that fetches its mail: from a scripted peer, and from a server of ours. */
@Timeout(60)
class ReversalClientTest {

    private static final String MAIL = """
        EHLO provider.test
        MAIL FROM:<>
        RCPT TO:<joe@a.test>
        DATA
        Hello
        .
        QUIT
        """.replace("\n", "\r\n");

    private final RecordingSink sink = RecordingSink.blocking();
    private final List<Reply> told = new ArrayList<>();
    private final Ended ended = new Ended(new Semaphore(0));

    private record Ended(Semaphore sessions) implements Extension {
        @Override
        public String id() {
            return "ENDED";
        }

        @Override
        public void server(ServerSide side) {
            side.observer(new Observer() {
                @Override
                public void closed(SessionView session, String why) {
                    sessions.release();
                }
            });
        }
    }

    /** Fetches, and waits for the end of the reversed session if there is to be one. */
    private Optional<Outcome> fetch(int port, boolean byAtrn, boolean turns, String... domains) throws Exception {
        Fetch fetch = new Fetch(
                List.of(domains).stream().map(Domain::parse).toList(),
                peer -> new ServerSession(TestService.mx(ended).into(sink), peer.tls()),
                told::add);
        try (SmtpClient client = SmtpClient.builder("a.test")
                .with(new Login("branch"))
                .with(new AtrnExtension())
                .with(new TurnExtension())
                .build()) {
            Attributes settings = Attributes.EMPTY.with(byAtrn ? AtrnExtension.REQUEST : TurnExtension.REQUEST, fetch);
            Optional<Outcome> outcome = client.open(
                            ServerAddress.of("127.0.0.1", port).withSettings(settings))
                    .ready()
                    .get(30, TimeUnit.SECONDS);
            assertTrue(!turns || ended.sessions().tryAcquire(30, TimeUnit.SECONDS));
            return outcome;
        }
    }

    private List<String> taken() {
        return sink.mails().stream().map(RecordedMail::text).toList();
    }

    @Test
    void takesMailFromAPeer() throws Exception {
        for (boolean byAtrn : List.of(true, false)) {
            PeerScript script = PeerScript.offering("ATRN", "TURN")
                    .on("LOGIN", "235 2.7.0 Welcome")
                    .on(byAtrn ? "ATRN" : "TURN", "250 2.0.0 OK now reversing")
                    .on("220", PeerAction.all(PeerAction.raw(MAIL), PeerAction.stall()));
            try (ScriptedPeer peer = ScriptedPeer.start(script)) {
                fetch(peer.port(), byAtrn, true, "a.test", "b.test");
                assertEquals(
                        List.of(
                                "EHLO a.test",
                                "LOGIN branch",
                                byAtrn ? "ATRN a.test,b.test" : "TURN",
                                "220 mx.example.test ESMTP"),
                        peer.lines());
            }
        }
        assertEquals(List.of("Hello\r\n", "Hello\r\n"), taken());
    }

    @Test
    void takesMailFromAServer() throws Exception {
        Branch branch = new Branch();
        TestService service = TestService.mx(new AtrnExtension(branch), new TurnExtension(branch), new Login());
        try (TestServer server = TestServer.start(service, RecordingSink.blocking())) {
            fetch(server.port(), true, true);
            fetch(server.port(), false, true);
        }
        assertEquals(List.of(250, 250), told.stream().map(Reply::code).toList());
        assertEquals(List.of("Hello\r\n", "Hello\r\n"), taken());
        assertEquals(
                "<joe@a.test>",
                sink.mails()
                        .getFirst()
                        .envelope()
                        .recipients()
                        .getFirst()
                        .path()
                        .path());
    }

    @Test
    void tellsOfARefusalAndGoesOn() throws Exception {
        for (boolean byAtrn : List.of(true, false)) {
            PeerScript script = PeerScript.offering("ATRN", "TURN")
                    .on("LOGIN", "235 2.7.0 Welcome")
                    .on("ATRN", "453 You have no mail")
                    .on("TURN", "502 No");
            try (ScriptedPeer peer = ScriptedPeer.start(script)) {
                assertEquals(Optional.empty(), fetch(peer.port(), byAtrn, false));
                assertEquals("QUIT", peer.lines().getLast());
            }
        }
        assertEquals(
                List.of("453 You have no mail", "502 No"),
                told.stream().map(Reply::toString).toList());
    }

    @Test
    void asksNobodyWhoDoesNotOfferIt() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering().on("LOGIN", "235 Welcome"))) {
            assertEquals(Optional.empty(), fetch(peer.port(), true, false));
            assertEquals(Optional.empty(), fetch(peer.port(), false, false));
            assertEquals(
                    List.of("502 5.5.1 The server does not offer ATRN", "502 5.5.1 The server does not offer TURN"),
                    told.stream().map(Reply::toString).toList());
        }
    }

    @Test
    void takesNothingThatWasSaidTooEarly() throws Exception {
        PeerScript script = PeerScript.offering("ATRN")
                .on("LOGIN", "235 2.7.0 Welcome")
                .on("ATRN", PeerAction.raw("250 OK\r\n" + MAIL));
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            assertTrue(fetch(peer.port(), true, false).isPresent());
        }
        assertEquals(List.of(), taken());
    }
}
