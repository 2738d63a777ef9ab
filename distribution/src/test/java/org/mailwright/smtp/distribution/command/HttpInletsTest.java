package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail that a whole server takes by HTTP. */
@Timeout(120)
class HttpInletsTest {
    private static final String CONFIG = """
        hostname = "localhost"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        [domains]
        local = ["example.test"]
        [extension.AUTH]
        failure-delay = "0s"
        """;
    private static final String CLEAR = """
        [[http]]
        name = "post"
        address = "127.0.0.1:0"
        tls = "none"
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aUser() throws IOException {
        write(CONFIG);
        assertEquals(
                ExitStatus.OK,
                run("sesame\n", "user", "add", "alice@example.test", "--config", "mw.toml")
                        .status());
    }

    @Test
    void mailOfUsersIsTaken() throws Exception {
        write(CONFIG + CLEAR);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertTrue(
                    server.lines().contains("listening post http " + server.address("post")), server.lines()::toString);
            assertEquals(401, post(server, "wrong", "alice@example.test").statusCode());
            HttpResponse<String> taken = post(server, "sesame", "alice@example.test");
            assertEquals(202, taken.statusCode(), taken::body);
            String mail = Files.readString(mails(1).getFirst());
            assertTrue(
                    mail.contains("\nReceived: from [127.0.0.1] ([127.0.0.1])\n\tby localhost with ESMTPA id "), mail);
            assertTrue(mail.contains("\nMessage-ID: <"), "what a submission is completed with");
            HttpResponse<String> unknown = post(server, "sesame", "nobody@example.test");
            assertEquals(422, unknown.statusCode(), unknown::body);
            assertTrue(unknown.body().contains("550 5.1.1 "), unknown::body);
        }
    }

    @Test
    void tlsIsThatOfTheServer() throws Exception {
        write(CONFIG + CLEAR.replace("none", "implicit"));
        try (RunningServer server = RunningServer.start(folder, "mw.toml");
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting()).build()) {
            String at = "https://localhost" + server.address("post").replaceFirst(".*:", ":");
            HttpResponse<String> taken = client.send(request(at, "sesame", "alice@example.test"), text());
            assertEquals(202, taken.statusCode(), taken::body);
            assertTrue(Files.readString(mails(1).getFirst()).contains(" with ESMTPSA id "));

            try (var files = Files.list(folder.resolve("var/tls"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            reload(ExitStatus.OK);
            try (HttpClient renewed =
                    HttpClient.newBuilder().sslContext(trusting()).build()) {
                HttpResponse<String> by = renewed.send(request(at, "sesame", "alice@example.test"), text());
                assertEquals(202, by.statusCode(), "who trusts the new certificate alone is served");
            }
        }
    }

    @Test
    void aReloadOpensAndClosesAndLeavesOpen() throws Exception {
        write(CONFIG + CLEAR);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            write(CONFIG.replace("[domains]", "[extension.SIZE]\nlimit = 100\n[domains]")
                    + CLEAR
                    + CLEAR.replace("post", "second"));
            reload(ExitStatus.OK);
            assertEquals(413, post(server, "sesame", "alice@example.test").statusCode(), "the new limit holds");

            try (ServerSocket taken = new ServerSocket(0)) {
                write(CONFIG + CLEAR.replace("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort()));
                assertTrue(reload(ExitStatus.CONFIG).contains("" + taken.getLocalPort()), "the port is told");
            }
            assertEquals(413, post(server, "sesame", "alice@example.test").statusCode(), "nothing has changed");

            write(CONFIG);
            reload(ExitStatus.OK);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            boolean open = true;
            while (open && System.nanoTime() < end) {
                try {
                    post(server, "sesame", "alice@example.test");
                } catch (IOException refused) {
                    open = false;
                }
            }
            assertFalse(open, "it is closed");
        }
    }

    @Test
    void passwordsDoNotTravelInClear() throws IOException {
        write(CONFIG + CLEAR.replace("127.0.0.1", "0.0.0.0"));
        Run run = run("", "check-config", "--config", "mw.toml");
        assertEquals(ExitStatus.CONFIG, run.status());
        assertTrue(
                run.err()
                        .endsWith("mw.toml:14: http.tls: expected \"implicit\", for passwords would travel in clear to"
                                + " 0.0.0.0, found \"none\"\n"),
                run::err);
        write(CONFIG + "[[http]]\nname = \"mx\"\naddress = \"127.0.0.1:8025\"\n");
        run = run("", "check-config", "--config", "mw.toml");
        assertTrue(run.err().contains("http.name: expected one that no other listener has, found \"mx\""), run::err);
        write(CONFIG + CLEAR.replace("none", "implicit"));
        assertEquals(
                ExitStatus.OK, run("", "check-config", "--config", "mw.toml").status());
        write(CONFIG + "mechanisms = [\"SCRAM-SHA-256\"]\n" + CLEAR);
        run = run("", "serve", "--config", "mw.toml");
        assertTrue(run.err().contains("extension.AUTH.mechanisms: expected PLAIN, which mail by HTTP needs"), run::err);
    }

    private void write(String config) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), config);
    }

    private Run run(String in, String... arguments) {
        return new TestTerminal(folder).run(in, arguments);
    }

    private String reload(int status) {
        Run run = run("", "reload", "--config", "mw.toml");
        assertEquals(status, run.status(), run::err);
        return run.out() + run.err();
    }

    private static HttpResponse<String> post(RunningServer server, String password, String to)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request("http://" + server.address("post"), password, to), text());
        }
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }

    private static HttpRequest request(String server, String password, String to) {
        String basic =
                Base64.getEncoder().encodeToString(("alice@example.test:" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(server + "/v1/mail?from=alice@example.test&to=" + to))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "message/rfc822")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "Subject: hello\r\nFrom: alice@example.test\r\n\r\n" + "Hello!\r\n".repeat(20)))
                .build();
    }

    /** Trusts the certificate that the server has made. */
    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        String pem = Files.readString(folder.resolve("var/tls/self-signed.pem"));
        byte[] chain = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")).getBytes(StandardCharsets.US_ASCII);
        store.setCertificateEntry(
                "own", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(chain)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private List<Path> mails(int least) throws IOException, InterruptedException {
        Path mailbox = folder.resolve("var/mail/example.test/alice/new");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            if (Files.isDirectory(mailbox)) {
                try (Stream<Path> found = Files.list(mailbox)) {
                    List<Path> all = found.sorted().toList();
                    if (all.size() >= least) {
                        return all;
                    }
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("fewer than " + least + " mails in " + mailbox);
    }
}
