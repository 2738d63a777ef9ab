package org.mailwright.smtp.ext.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

@Timeout(60)
class MtrkTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String HASH = "2jmj7l5rSw0yVb/vlWAYkK/YBwk"; // of "", without padding
    private static final Tracking HOUR = new Tracking(HASH, Optional.of(NOW.plusSeconds(3600)));
    private static final Attributes NAMED =
            Attributes.EMPTY.with(DsnExtension.ENVID, new EnvelopeId("QQ1@client.example"));

    private static MtrkExtension at(Instant now) {
        return new MtrkExtension(InstantSource.fixed(now));
    }

    @Nested
    class Contract implements ExtensionContract {
        @Override
        public Extension extension() {
            return at(NOW);
        }

        @Override
        public List<Extension> beside() {
            return List.of(new DsnExtension());
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none()
                    .mail("MTRK=" + HASH)
                    .mail("MTRK=" + HASH + ":86400")
                    .inCompanyOf("ENVID=QQ1@client.example")
                    .wrongMail("MTRK=" + HASH + ":")
                    .wrongMail("MTRK=a*b");
        }
    }

    @TranscriptTest("mtrk.smtp")
    void marksEachRecipient(TranscriptRun run) throws IOException {
        List<RecordedMail> mails = run.play(TestService.mx(new DsnExtension(), at(NOW)));
        assertEquals(
                List.of(
                        List.of(Optional.of(HOUR), Optional.of(HOUR)),
                        List.of(Optional.of(new Tracking("a", Optional.empty()))),
                        List.of(Optional.of(new Tracking("b", Optional.of(NOW)))),
                        List.of(Optional.empty())),
                mails.stream()
                        .map(mail -> mail.envelope().recipients().stream()
                                .map(one -> one.attributes().get(MtrkExtension.TRACKED))
                                .toList())
                        .toList());
    }

    @TranscriptTest("mtrk-refused.smtp")
    void refusesWhatIsWrong(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new DsnExtension(), at(NOW))));
    }

    @TranscriptTest("mtrk-missing.smtp")
    void isGoneWithoutItsExtension(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new DsnExtension())));
    }

    @Test
    void needsDsn() {
        TestService alone = TestService.mx(at(NOW));
        assertThrows(IllegalArgumentException.class, () -> alone.into(RecordingSink.nonBlocking()));
        assertTrue(at(NOW).defaultRoles().isEmpty());
    }

    private static Recipient recipient(String path, Optional<Tracking> mark) {
        return new Recipient(
                ForwardPath.parse(path),
                mark.map(one -> Attributes.EMPTY.with(MtrkExtension.TRACKED, one))
                        .orElse(Attributes.EMPTY));
    }

    private static String said(PeerScript script, Instant now, Attributes ofMail, Recipient... recipients)
            throws IOException, InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                List.of(recipients),
                ofMail,
                Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                SmtpClient client = SmtpClient.builder("client.example")
                        .with(new DsnExtension())
                        .with(at(now))
                        .build()) {
            assertTrue(client.send(ServerAddress.of("127.0.0.1", peer.port()), mail).recipients().stream()
                    .allMatch(one -> one.outcome().isAccepted()));
            return peer.lines().stream()
                    .filter(line -> line.startsWith("MAIL"))
                    .findFirst()
                    .orElseThrow()
                    .substring("MAIL FROM:<a@client.example>".length());
        }
    }

    private static final PeerScript BOTH = PeerScript.offering("DSN", "MTRK");

    @Test
    void goesOnAndCountsDown() throws Exception {
        Recipient tracked = recipient("<b@example.test>", Optional.of(HOUR));
        String envid = " ENVID=QQ1@client.example";
        assertEquals(envid + " MTRK=" + HASH + ":3600", said(BOTH, NOW, NAMED, tracked));
        assertEquals(envid + " MTRK=" + HASH + ":3599", said(BOTH, NOW.plusMillis(1), NAMED, tracked));
        assertEquals(envid + " MTRK=" + HASH + ":1", said(BOTH, NOW.plusSeconds(3599), NAMED, tracked));
        assertEquals(envid, said(BOTH, NOW.plusSeconds(3600), NAMED, tracked));
        Recipient forever = recipient("<b@example.test>", Optional.of(new Tracking(HASH, Optional.empty())));
        assertEquals(envid + " MTRK=" + HASH, said(BOTH, NOW.plusSeconds(1_000_000), NAMED, forever));
        assertEquals(
                envid + " MTRK=" + HASH + ":3600",
                said(BOTH, NOW, NAMED.with(MtrkExtension.MTRK, HOUR), recipient("<b@example.test>", Optional.empty())));
    }

    @Test
    void staysBackWhereItIsOfNoUse() throws Exception {
        Recipient tracked = recipient("<b@example.test>", Optional.of(HOUR));
        Recipient other = recipient("<c@example.test>", Optional.empty());
        String envid = " ENVID=QQ1@client.example";
        assertEquals(envid, said(PeerScript.offering("DSN"), NOW, NAMED, tracked));
        assertEquals("", said(PeerScript.offering("MTRK"), NOW, NAMED, tracked));
        assertEquals("", said(PeerScript.offering(), NOW, NAMED, tracked));
        assertEquals("", said(BOTH, NOW, Attributes.EMPTY, tracked));
        assertEquals(envid, said(BOTH, NOW, NAMED, tracked, other));
        assertEquals(envid, said(BOTH, NOW, NAMED, other));
    }

    @Test
    void survivesAQueue() {
        AttributeKey.Codec<Tracking> codec = MtrkExtension.TRACKED.codec().orElseThrow();
        assertEquals(
                HASH + ":" + NOW.plusSeconds(3600).getEpochSecond(),
                codec.write().apply(HOUR));
        assertEquals(HOUR, codec.read().apply(codec.write().apply(HOUR)));
        Tracking forever = new Tracking("a+/", Optional.empty());
        assertEquals(forever, codec.read().apply(codec.write().apply(forever)));
        assertThrows(IllegalArgumentException.class, () -> codec.read().apply("a b"));
        assertThrows(IllegalArgumentException.class, () -> new Tracking("a\r\nb", Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new Tracking("a".repeat(35), Optional.empty()));
    }
}
