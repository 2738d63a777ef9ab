package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;
import org.mailwright.smtp.testkit.contract.ExtensionContract;
import org.mailwright.smtp.testkit.contract.ExtensionSamples;

/** CONPERM and CONNEG (RFC 4141), by a server and a client that convert nothing. */
@Timeout(60)
class ConversionPermissionTest {

    private static final ConnegConfig KNOWN = new ConnegConfig(Map.of(
            "Fax1@example.test",
            "(&(image-file-structure=TIFF-minimal) (MRC-mode=0) (color=Binary)\n"
                    + " (|(&(dpi=204) (dpi-xyratio=[204/98,204/196])) (&(dpi=200) (dpi-xyratio=[200/100,1]))))",
            "@faxes.test",
            " (color=Binary) "));

    @Nested
    class Permission implements ExtensionContract {
        @Override
        public Extension extension() {
            return new ConpermExtension();
        }

        @Override
        public List<Extension> beside() {
            return List.of(new ConnegExtension());
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().mail("CONPERM").wrongMail("CONPERM=yes");
        }
    }

    @Nested
    class Negotiation implements ExtensionContract {
        @Override
        public Extension extension() {
            return new ConnegExtension(KNOWN);
        }

        @Override
        public ExtensionSamples samples() {
            return ExtensionSamples.none().rcpt("CONNEG").wrongRcpt("CONNEG=yes");
        }
    }

    @TranscriptTest("conperm.smtp")
    void keepsThePermission(TranscriptRun run) throws IOException {
        assertEquals(
                List.of(true, false),
                run.play(TestService.mx(new ConpermExtension(), new ConnegExtension())).stream()
                        .map(mail -> mail.envelope().attributes().has(ConpermExtension.CONPERM))
                        .toList());
    }

    @TranscriptTest("conneg.smtp")
    void tellsWhatIsConfigured(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new ConnegExtension(KNOWN))));
    }

    @TranscriptTest("conneg-unknown.smtp")
    void offersNothingWhereNothingIsKnown(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx(new ConnegExtension())));
    }

    @TranscriptTest("conversion-missing.smtp")
    void isGoneWithoutItsExtensions(TranscriptRun run) throws IOException {
        assertEquals(List.of(), run.play(TestService.mx()));
    }

    @Test
    void readsItsConfiguration() {
        assertTrue(new ConpermExtension().defaultRoles().isEmpty());
        String table = "extension.CONNEG";
        for (String wrong : List.of("color=Binary", "(a", "(a) (b)", "(a))", "(é)", "")) {
            Settings settings = Settings.of(table, Map.of("capabilities", Map.of("a@b.test", wrong)));
            String told = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> new ConnegExtension().configured(settings))
                            .getMessage());
            assertTrue(told.startsWith("capabilities.a@b.test: expected an expression of RFC 2533"), told);
        }
        Settings nobody = Settings.of(table, Map.of("capabilities", Map.of("b.test", "(a)")));
        assertThrows(IllegalArgumentException.class, () -> new ConnegExtension().configured(nobody));
    }

    private record Sent(MailResult result, List<String> lines) {
        private String replies() {
            return result.recipients().getFirst().outcome().toString();
        }
    }

    private static Sent send(PeerScript script) throws IOException, InterruptedException {
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                SmtpClient client = SmtpClient.builder("client.example")
                        .with(new ConpermExtension())
                        .with(new ConnegExtension())
                        .build()) {
            MailResult result = client.send(
                    ServerAddress.of("127.0.0.1", peer.port()),
                    Sending.mail(Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)))
                            .withAttributes(Attributes.EMPTY.with(ConpermExtension.CONPERM, true)));
            return new Sent(
                    result,
                    peer.lines().stream()
                            .filter(line -> line.startsWith("MAIL") || line.startsWith("RCPT"))
                            .toList());
        }
    }

    @Test
    void passesThePermissionOn() throws Exception {
        Sent both = send(PeerScript.offering("CONPERM", "CONNEG"));
        assertEquals(List.of("MAIL FROM:<a@client.example> CONPERM", "RCPT TO:<b@example.test> CONNEG"), both.lines());
        assertTrue(both.result().recipients().getFirst().outcome().isAccepted());
        Sent alone = send(PeerScript.offering("CONPERM"));
        assertEquals(List.of("MAIL FROM:<a@client.example> CONPERM", "RCPT TO:<b@example.test>"), alone.lines());
    }

    @Test
    void givesTheMailBackWhereThePermissionWouldBeLost() throws Exception {
        for (PeerScript script : List.of(PeerScript.offering(), PeerScript.offering("CONNEG"))) {
            Sent sent = send(script);
            assertEquals(List.of(), sent.lines());
            assertTrue(sent.replies().contains("554") && sent.replies().contains("5.6.3"), sent.replies());
        }
    }

    @Test
    void knowsRecipientsByAddressAndDomain() {
        assertEquals(Optional.of("(color=Binary)"), KNOWN.of(ForwardPath.parse("<any@FAXES.test>")));
        assertEquals(Optional.empty(), KNOWN.of(ForwardPath.parse("<fax2@example.test>")));
        assertEquals(Optional.empty(), KNOWN.of(ForwardPath.parse("<Postmaster>")));
    }
}
