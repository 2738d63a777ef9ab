package org.mailwright.smtp.ext.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestClock;

@Timeout(60)
class ScheduleClientTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final TestClock clock = TestClock.at(NOON);
    private final Extension by = new DeliverByExtension(DeliverByConfig.DEFAULT, clock);
    private final Extension hold = new FutureReleaseExtension(FutureReleaseConfig.DEFAULT, clock);

    /** What the peer heard of MAIL and content; or what the mail was refused with. */
    private static String sent(Extension extension, Attributes attributes, String... keywords)
            throws IOException, InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(Recipient.of(ForwardPath.parse("<b@example.test>"))),
                attributes,
                Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering(keywords));
                SmtpClient client =
                        SmtpClient.builder("client.example").with(extension).build()) {
            String reply = client.send(ServerAddress.of("127.0.0.1", peer.port()), mail)
                    .recipients()
                    .getFirst()
                    .outcome()
                    .reply()
                    .toString();
            return peer.lines().stream()
                    .filter(line -> line.startsWith("MAIL"))
                    .findFirst()
                    .map(line -> line.substring("MAIL FROM:<a@client.example>".length())
                            + "|"
                            + new String(peer.contents().getFirst(), StandardCharsets.US_ASCII).strip())
                    .orElse(reply);
        }
    }

    private Attributes by(String value) {
        return Attributes.EMPTY.with(
                DeliverByExtension.BY, DeliverBy.read(value, NOON).orElseThrow());
    }

    @Test
    void countsTheTimeDown() throws Exception {
        clock.advance(Duration.ofMillis(20_500));
        assertEquals(" BY=99;RT|x", sent(by, by("120;RT"), "DELIVERBY"));
        assertEquals(" BY=99;R|x", sent(by, by("120;R"), "DELIVERBY 99"));
        assertEquals(" BY=-11;N|x", sent(by, by("10;N"), "DELIVERBY 60"));
    }

    @Test
    void readsTheLeastTimeAmongOptions() throws Exception {
        assertEquals("554 5.4.7 Delivery time expired", sent(by, by("120;R"), "DELIVERBY 240,more=1"));
        assertEquals(" BY=120;R|x", sent(by, by("120;R"), "DELIVERBY 120,more=1"));
        assertEquals(" BY=120;R|x", sent(by, by("120;R"), "DELIVERBY ,more=1"));
        assertEquals(" BY=120;N|x", sent(by, by("120;N"), "DELIVERBY 240"));
    }

    @Test
    void keepsWhatThePeerCannotDo() throws Exception {
        assertEquals("554 5.3.3 The server does not deliver by a time", sent(by, by("120;R"), "SIZE"));
        assertEquals("554 5.4.7 Delivery time expired", sent(by, by("120;R"), "DELIVERBY 121"));
        assertEquals("|x", sent(by, by("120;N"), "SIZE"));
        clock.advance(Duration.ofMinutes(2));
        assertEquals("554 5.4.7 Delivery time expired", sent(by, by("120;R"), "DELIVERBY"));
    }

    @Test
    void asksForMailToBeHeld() throws Exception {
        Attributes span = Attributes.EMPTY.with(FutureReleaseExtension.HOLD_FOR, Duration.ofHours(1));
        Attributes time = Attributes.EMPTY.with(FutureReleaseExtension.HOLD_UNTIL, NOON);
        String offer = "FUTURERELEASE 86400 2026-06-02T12:00:00Z";
        assertEquals(" HOLDFOR=3600|x", sent(hold, span, offer));
        assertEquals(" HOLDUNTIL=2026-06-01T12:00:00Z|x", sent(hold, time, offer));
        assertEquals("554 5.3.3 The server cannot hold mail", sent(hold, span));
        assertEquals("554 5.3.3 The server cannot hold mail", sent(hold, time));
        Attributes held = Attributes.EMPTY.with(FutureReleaseExtension.RELEASE, NOON);
        assertEquals("|x", sent(hold, held, offer), "a mail is held once");
    }

    @Test
    void asksForNothingThatWouldBeRefused() throws Exception {
        String offer = "FUTURERELEASE 3600 2026-06-01T13:00:00Z";
        String most = "501 5.5.4 Mail is held for 3600 seconds at most";
        Attributes none = Attributes.EMPTY;
        Attributes hour = none.with(FutureReleaseExtension.HOLD_FOR, Duration.ofHours(1));
        Attributes one = none.with(FutureReleaseExtension.HOLD_UNTIL, NOON.plusSeconds(3600));
        assertEquals(" HOLDFOR=3600|x", sent(hold, hour, offer));
        assertEquals(" HOLDUNTIL=2026-06-01T13:00:00Z|x", sent(hold, one, offer));
        assertEquals(most, sent(hold, none.with(FutureReleaseExtension.HOLD_FOR, Duration.ofSeconds(3601)), offer));
        assertEquals(most, sent(hold, none.with(FutureReleaseExtension.HOLD_UNTIL, NOON.plusSeconds(3601)), offer));
        assertEquals(
                "501 5.5.4 HOLDFOR and HOLDUNTIL exclude each other",
                sent(hold, hour.with(FutureReleaseExtension.HOLD_UNTIL, NOON.plusSeconds(60)), offer));
        String early = "501 5.5.4 The mail is to be delivered before its release";
        DeliverBy soon = DeliverBy.read("60;N", NOON).orElseThrow();
        assertEquals(early, sent(hold, hour.with(DeliverByExtension.BY, soon), offer));
        assertEquals(early, sent(hold, one.with(DeliverByExtension.BY, soon), offer));
        assertEquals(" HOLDFOR=3600|x", sent(hold, hour, "FUTURERELEASE"), "a peer that does not say how long");
    }

    @Test
    void holdsNoReports() throws Exception {
        OutgoingMail report = new OutgoingMail(
                ReversePath.parse("<>"),
                List.of(Recipient.of(ForwardPath.parse("<b@example.test>"))),
                Attributes.EMPTY.with(FutureReleaseExtension.HOLD_FOR, Duration.ofHours(1)),
                Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("FUTURERELEASE 86400 2026-06-02T12:00:00Z"));
                SmtpClient client =
                        SmtpClient.builder("client.example").with(hold).build()) {
            assertEquals(
                    "501 5.5.4 Reports are not held",
                    client.send(ServerAddress.of("127.0.0.1", peer.port()), report)
                            .recipients()
                            .getFirst()
                            .outcome()
                            .reply()
                            .toString());
        }
    }

    @Test
    void sendsThePriorityOn() throws Exception {
        Attributes six = Attributes.EMPTY.with(MtPriorityExtension.PRIORITY, 6);
        Extension plain = new MtPriorityExtension();
        Extension tunnel = new MtPriorityExtension(new MtPriorityConfig(Optional.empty(), 0, 9, -9, Map.of(), true));
        assertEquals(" MT-PRIORITY=6|x", sent(plain, six, "MT-PRIORITY MIXER"));
        assertEquals(" MT-PRIORITY=6|x", sent(tunnel, six, "MT-PRIORITY"));
        assertEquals("|x", sent(plain, six));
        assertEquals("|MT-Priority: 6\r\nx", sent(tunnel, six));
        assertEquals("|x", sent(tunnel, Attributes.EMPTY));
    }

    @Test
    void leavesOneFieldThatSaysThePriority() throws Exception {
        Body own = Body.of("A: 1\nmt-priority: 9\n 9\n\nMT-Priority: body\n".getBytes(StandardCharsets.US_ASCII));
        Body headed = new HeadedBody("MT-Priority", PriorityField.of(-6), own);
        String expected = "MT-Priority: -6\r\nA: 1\n\nMT-Priority: body\n";
        try (InputStream whole = headed.open();
                InputStream single = headed.open()) {
            assertEquals(expected, new String(whole.readAllBytes(), StandardCharsets.US_ASCII));
            StringBuilder octets = new StringBuilder();
            for (int octet = single.read(); octet >= 0; octet = single.read()) {
                octets.append((char) octet);
            }
            assertEquals(expected, octets.toString());
        }
        assertEquals(own.size().orElseThrow() + 17, headed.size().orElseThrow());
    }
}
