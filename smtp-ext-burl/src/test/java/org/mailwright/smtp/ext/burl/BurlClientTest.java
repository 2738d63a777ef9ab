package org.mailwright.smtp.ext.burl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class BurlClientTest {

    private static final String URL =
            "imap://joe@imap.example.test/INBOX/;uid=1;urlauth=submit+joe:internal:0123456789abcdef0123456789abcdef";
    private static final OutgoingMail MAIL = BurlExtension.mail(
            ReversePath.parse("<joe@example.test>"),
            List.of(ForwardPath.parse("<b@example.test>")),
            ImapUrl.of(URL).orElseThrow());

    private record Sent(Reply reply, List<String> lines) {}

    private static Sent send(PeerScript script) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                SmtpClient client = SmtpClient.builder("client.example")
                        .with(new EightBitMimeExtension())
                        .with(new BurlExtension())
                        .build()) {
            Reply reply = client.send(ServerAddress.of("127.0.0.1", peer.port()), MAIL)
                    .recipients()
                    .getFirst()
                    .outcome()
                    .reply();
            return new Sent(
                    reply,
                    peer.lines().stream()
                            .filter(line -> !line.startsWith("EHLO") && !line.equals("QUIT"))
                            .toList());
        }
    }

    @Test
    void namesTheContent() throws Exception {
        Sent sent =
                send(PeerScript.offering("BURL imap imap://imap.example.test").on("BURL", "250 2.5.0 Ok."));
        assertEquals(
                List.of("MAIL FROM:<joe@example.test>", "RCPT TO:<b@example.test>", "BURL " + URL + " LAST"),
                sent.lines());
        assertEquals(250, sent.reply().code());
    }

    @Test
    void tellsWhatTheServerSays() throws Exception {
        Sent sent = send(PeerScript.offering("BURL imap").on("BURL", "554 5.7.0 IMAP URL authorization failed"));
        assertEquals("554 5.7.0 IMAP URL authorization failed", sent.reply().toString());
        assertEquals(
                451,
                send(PeerScript.offering("BURL imap").on("BURL", "451 4.4.1 IMAP server unavailable"))
                        .reply()
                        .code());
    }

    @Test
    void saysNothingWhereTheServerFetchesNothing() throws Exception {
        for (PeerScript script :
                List.of(PeerScript.offering(), PeerScript.offering("BURL"), PeerScript.offering("BURL http"))) {
            Sent sent = send(script);
            assertEquals(List.of(), sent.lines());
            assertEquals(554, sent.reply().code());
        }
    }

    @Test
    void readsUrls() {
        ImapUrl url = ImapUrl.of(URL).orElseThrow();
        assertEquals("imap.example.test", url.server());
        assertEquals(Optional.of("joe"), url.submitter());
        assertEquals("imap://imap.example.test/…", url.toString());
        assertEquals(
                Optional.of("a+b@c d"),
                ImapUrl.of(URL.replace("submit+joe", "submit+a+b%40c%20d"))
                        .orElseThrow()
                        .submitter());
        assertEquals(Optional.empty(), ImapUrl.of("imap://x/" + "y".repeat(1500)));
        assertEquals(Optional.empty(), ImapUrl.of("imap://x/a\r\nb"));
    }

    @Test
    void isFoundConfiguredAndInstalled() {
        Extension found = ServiceLoader.load(Extension.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(extension -> extension.id().equals("BURL"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> server = Map.of("password", "x", "host", "127.0.0.1", "port", 1143L, "tls", "none");
        assertEquals(Set.of(), found.defaultRoles());
        Extension known = found.configured(
                settings(Map.of("largest", "1MiB", "timeout", "10s", "servers", Map.of("imap.example.test", server))));
        assertEquals(Set.of(Role.SUBMISSION), known.defaultRoles());
        assertTrue(
                told(Map.of("servers", Map.of("a.test", Map.of("user", "u")))).contains("password"));
        assertTrue(told(Map.of("servers", Map.of("a.test", Map.of("tls", "maybe"))))
                .startsWith("extension.BURL.servers.a.test.tls: expected starttls, implicit or none"));
        assertTrue(told(Map.of("servers", Map.of("a.test", Map.of("trust", "nothing", "password", "x"))))
                .startsWith("extension.BURL.servers.a.test.trust: expected certificates in PEM"));
        assertTrue(told(Map.of("largest", 0L)).startsWith("largest: expected 1 octet or more"));
        assertTrue(told(Map.of("timeout", "2h")).startsWith("timeout: expected up to 1h"));
        Set<Extension> installed =
                Guice.createInjector(new BurlModule()).getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertTrue(installed.iterator().next() instanceof BurlExtension);
    }

    private static String told(Map<String, Object> values) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> new BurlExtension().configured(settings(values)))
                        .getMessage());
    }

    private static Settings settings(Map<String, Object> values) {
        return Settings.of("extension.BURL", values);
    }
}
