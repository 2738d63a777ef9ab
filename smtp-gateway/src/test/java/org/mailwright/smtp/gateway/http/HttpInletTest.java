package org.mailwright.smtp.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;

@Timeout(60)
class HttpInletTest {
    private static final String MAIL = "Subject: a\r\n\r\n.one\r\n";
    private static final String ENVELOPE = "?from=a%40there.test&to=b@example.test&to=%3Cc@example.test%3E";

    private final RecordingSink sink = RecordingSink.blocking();

    @TempDir
    private Path folder;

    /** Refuses a recipient called "no". */
    private static final class Picky implements Extension {
        @Override
        public String id() {
            return "PICKY";
        }

        @Override
        public void server(ServerSide side) {
            side.gate(
                    Stage.RCPT,
                    0,
                    (session, recipient) -> recipient.path() instanceof Mailbox mailbox
                                    && mailbox.localPart().content().equals("no")
                            ? Verdict.refuse(Reply.of(550, "5.1.1", "No such \"user\""))
                            : Verdict.pass());
        }
    }

    private static HttpInletConfig config() {
        return HttpInletConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private HttpInlet inlet(HttpInletConfig config, RecordingSink into, Optional<SSLContext> tls) throws IOException {
        TestService service = TestService.of(Role.SUBMISSION, new Picky());
        AtomicInteger ids = new AtomicInteger();
        return HttpInlet.start(
                config.withFolder(folder),
                service.profile(),
                service.all(),
                into,
                () -> "H" + ids.incrementAndGet(),
                (name, password, client) -> {
                    if (name.equals("down")) {
                        throw new IOException("the directory is down");
                    }
                    return password.equals("secret:é") ? Optional.of(new Identity(name, "PLAIN")) : Optional.empty();
                },
                tls);
    }

    private static HttpRequest.Builder request(HttpInlet inlet, String scheme, String target, String user) {
        String basic = Base64.getEncoder().encodeToString((user + ":secret:é").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(
                        URI.create(scheme + "://localhost:" + inlet.address().getPort() + target))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "message/rfc822; charset=utf-8");
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest post(HttpInlet inlet, String target, String mail) {
        return request(inlet, "http", target, "alice")
                .POST(HttpRequest.BodyPublishers.ofString(mail))
                .build();
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(List.of(), sink.violations());
    }

    @Test
    void takesAMailAsASubmission() throws Exception {
        try (HttpInlet inlet = inlet(config(), sink, Optional.empty())) {
            HttpResponse<String> answer = send(post(inlet, "/v1/mail" + ENVELOPE, MAIL));
            assertEquals(202, answer.statusCode(), answer.body());
            RecordedMail mail = sink.mails().get(0);
            assertTrue(
                    answer.body().startsWith("{\"id\":\"" + mail.envelope().id() + "\",\"detail\":\"250 "),
                    answer.body());
            assertEquals(MAIL, mail.text());
            assertEquals("<a@there.test>", mail.envelope().reversePath().path());
            assertEquals("<b@example.test> <c@example.test>", mail.recipients());
            Origin origin = mail.envelope().origin();
            assertEquals(Role.SUBMISSION, origin.role());
            assertEquals(Optional.of(new Identity("alice", "PLAIN")), origin.identity());
            assertEquals("[127.0.0.1]", origin.hello().name());
            assertTrue(((InetSocketAddress) origin.remote()).getAddress().isLoopbackAddress());
            assertTrue(origin.tls().isEmpty());
        }
        nothingIsLeft();
    }

    @Test
    void readsTheEnvelopeFromFieldsAndLargeMailsThroughAFile() throws Exception {
        String large = ("x".repeat(998) + "\n").repeat(500);
        try (HttpInlet inlet = inlet(config(), sink, Optional.empty())) {
            HttpRequest post = request(inlet, "http", "/v1/mail", "alice")
                    .header("X-Envelope-From", "<>")
                    .header("X-Envelope-To", "b@example.test")
                    .header("X-Envelope-To", "c@example.test")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                            () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII))))
                    .build();
            assertEquals(202, send(post).statusCode());
        }
        RecordedMail mail = sink.mails().get(0);
        assertEquals("<>", mail.envelope().reversePath().path());
        assertEquals("<b@example.test> <c@example.test>", mail.recipients());
        assertEquals(large.replace("\n", "\r\n"), mail.text());
        nothingIsLeft();
    }

    @Test
    void refusesWhatIsNoMail() throws Exception {
        try (HttpInlet inlet = inlet(config().withBounds(100, Duration.ofSeconds(30), 4), sink, Optional.empty())) {
            assertEquals(404, send(post(inlet, "/v1/mails" + ENVELOPE, MAIL)).statusCode());
            HttpResponse<String> get =
                    send(request(inlet, "http", "/v1/mail", "alice").GET().build());
            assertEquals(405, get.statusCode());
            assertEquals("POST", get.headers().firstValue("Allow").orElseThrow());
            HttpResponse<String> form = send(request(inlet, "http", "/v1/mail" + ENVELOPE, "alice")
                    .setHeader("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString(MAIL))
                    .build());
            assertEquals(415, form.statusCode());
            for (String query : List.of(
                    "",
                    "?from=a@there.test",
                    "?to=b@example.test",
                    "?from=a@b.test&from=b@b.test&to=b@example.test",
                    "?from=a@there.test&to=b@example.test%0d%0aDATA",
                    "?from=&to=%3Cb@example.test%3E%20NOTIFY=NEVER",
                    "?from=%zz&to=b@example.test")) {
                int status = query.contains("%zz")
                        ? raw(inlet, "POST /v1/mail" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                        : send(post(inlet, "/v1/mail" + query, MAIL)).statusCode();
                assertEquals(400, status, query);
            }
            assertEquals(400, send(post(inlet, "/v1/mail" + ENVELOPE, "")).statusCode());
            assertEquals(
                    413,
                    send(post(inlet, "/v1/mail" + ENVELOPE, "x".repeat(101))).statusCode());
            HttpRequest unknown = request(inlet, "http", "/v1/mail" + ENVELOPE, "alice")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                            () -> new java.io.ByteArrayInputStream(new byte[101])))
                    .build();
            assertEquals(413, send(unknown).statusCode());
        }
        assertEquals(0, sink.opened());
        nothingIsLeft();
    }

    /** Sends octets as they are; returns the status of the answer, 0 when the connection ends without one. */
    private static int raw(HttpInlet inlet, String text) throws IOException {
        try (Socket socket =
                new Socket(inlet.address().getAddress(), inlet.address().getPort())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void asksForCredentials() throws Exception {
        try (HttpInlet inlet = inlet(config(), sink, Optional.empty())) {
            for (String given : List.of("Basic !!!", "Basic YWxpY2U6d3Jvbmc=", "Bearer x", "Basic")) {
                HttpResponse<String> answer = send(request(inlet, "http", "/v1/mail" + ENVELOPE, "alice")
                        .setHeader("Authorization", given)
                        .POST(HttpRequest.BodyPublishers.ofString(MAIL))
                        .build());
                assertEquals(401, answer.statusCode(), given);
                assertTrue(answer.headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow()
                        .startsWith("Basic realm="));
            }
            HttpRequest down = request(inlet, "http", "/v1/mail" + ENVELOPE, "down")
                    .POST(HttpRequest.BodyPublishers.ofString(MAIL))
                    .build();
            assertEquals(503, send(down).statusCode());
        }
        assertEquals(0, sink.opened());
    }

    @Test
    void saysWhatTheSessionSaid() throws Exception {
        try (HttpInlet inlet = inlet(config(), sink, Optional.empty())) {
            HttpResponse<String> answer = send(post(inlet, "/v1/mail" + ENVELOPE + "&to=no@example.test", MAIL));
            assertEquals(422, answer.statusCode());
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(
                    "{\"type\":\"about:blank\",\"status\":422,\"detail\":\"550 5.1.1 No such \\\"user\\\"\","
                            + "\"smtp\":{\"code\":550,\"enhanced\":\"5.1.1\",\"text\":\"No such \\\"user\\\"\"}}\n",
                    answer.body());
        }
        RecordingSink full = sink.failing(RecordingSink.Moment.COMMIT, () -> {
            throw new SmtpException(Reply.of(452, "4.3.1", "Full"));
        });
        try (HttpInlet inlet = inlet(config(), full, Optional.empty())) {
            assertEquals(503, send(post(inlet, "/v1/mail" + ENVELOPE, MAIL)).statusCode());
        }
        RecordingSink broken = sink.failing(RecordingSink.Moment.OPEN, () -> {
            throw new IOException("broken");
        });
        try (HttpInlet inlet = inlet(config(), broken, Optional.empty())) {
            assertEquals(503, send(post(inlet, "/v1/mail" + ENVELOPE, MAIL)).statusCode());
        }
        assertEquals(List.of(), sink.mails());
        nothingIsLeft();
    }

    @Test
    void endsRequestsThatTakeTooLong() throws Exception {
        try (HttpInlet inlet = inlet(config().withBounds(1000, Duration.ofSeconds(1), 1), sink, Optional.empty())) {
            String basic = Base64.getEncoder().encodeToString("alice:secret:é".getBytes(StandardCharsets.UTF_8));
            String header = "POST /v1/mail" + ENVELOPE + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n";
            assertEquals(0, raw(inlet, header)); // the header has no end
            assertEquals(
                    0,
                    raw(
                            inlet,
                            header + "Content-Type: message/rfc822\r\nAuthorization: Basic " + basic
                                    + "\r\n\r\nthe body has none"));
            // and others are served again
            assertEquals(202, send(post(inlet, "/v1/mail" + ENVELOPE, MAIL)).statusCode());
        }
        assertEquals(1, sink.opened());
        nothingIsLeft();
    }

    @Test
    void neverInterruptsASinkThatHasTheWholeMail() throws Exception {
        CountDownLatch inCommit = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        RecordingSink slow = sink.failing(RecordingSink.Moment.COMMIT, () -> {
            inCommit.countDown();
            try {
                // longer than the time of a request, and into the end of the inlet
                if (never.await(1500, TimeUnit.MILLISECONDS)) {
                    throw new IOException("never happens");
                }
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        });
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try (HttpInlet inlet = inlet(config().withBounds(1000, Duration.ofSeconds(1), 1), slow, Optional.empty())) {
            HttpRequest post = post(inlet, "/v1/mail" + ENVELOPE, MAIL);
            Thread.ofVirtual().start(() -> {
                try {
                    status.complete(send(post).statusCode());
                } catch (IOException | InterruptedException e) {
                    status.completeExceptionally(e);
                }
            });
            assertTrue(inCommit.await(20, TimeUnit.SECONDS));
        }
        assertEquals(202, status.get(20, TimeUnit.SECONDS));
        assertEquals(1, slow.mails().size());
    }

    @Test
    void speaksTls() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertEquals(0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Files.delete(store);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);

        try (HttpInlet inlet = inlet(config(), sink, Optional.of(context));
                HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            HttpRequest post = request(inlet, "https", "/v1/mail" + ENVELOPE, "alice")
                    .POST(HttpRequest.BodyPublishers.ofString(MAIL))
                    .build();
            HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer.body());
        }
        assertEquals(
                "TLSv1.3",
                sink.mails().get(0).envelope().origin().tls().orElseThrow().protocol());
        nothingIsLeft();
    }

    @Test
    void asksForNoPasswordInClearWhereOthersListen() {
        HttpInletConfig open = HttpInletConfig.at(new InetSocketAddress("0.0.0.0", 0));
        assertThrows(IllegalArgumentException.class, () -> inlet(open, sink, Optional.empty()));
    }
}
