package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.server.gate.LocalDomains;

/** A whole server with a content filter that adds a field, refuses some mail, and gives the rest back. */
@Timeout(120)
class ContentFilterTest {
    private static final String CONFIG = """
        hostname = "mx.example.test"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        [[listener]]
        name = "back"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        filtered = false
        trusted = ["127.0.0.1/32"]
        [domains]
        local = ["example.test"]
        [users]
        unknown-recipients = "accept"
        [[route]]
        domain = "elsewhere.test"
        to = "bsmtp:spool"
        """;

    @TempDir
    private Path folder;

    private final AtomicReference<ServerAddress> back = new AtomicReference<>();
    private final SmtpClient client = SmtpClient.builder("filter.test").build();
    private SmtpServer filter;

    @BeforeEach
    void startFilter() throws IOException {
        filter = SmtpServer.builder("filter.test")
                .listen("filter", Role.MX, "127.0.0.1:0")
                .local(LocalDomains.any())
                .start(MessageSink.reading(this::filtered));
        Files.writeString(folder.resolve("mail.eml"), "Subject: hello\n\nHello!\n");
        Files.writeString(folder.resolve("spam.eml"), "Subject: spam\n\nBuy!\n");
    }

    @AfterEach
    void stopFilter() {
        filter.close();
        client.close();
    }

    private Reply filtered(Envelope envelope, InputStream content) throws IOException {
        String mail = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        if (mail.contains("Subject: spam")) {
            return Reply.of(554, "5.7.1", "It is spam");
        }
        byte[] seen = ("X-Filter: seen\r\n" + mail).getBytes(StandardCharsets.UTF_8);
        try {
            MailResult result = client.send(
                    Optional.ofNullable(back.get()).orElseThrow(), OutgoingMail.of(envelope, Body.of(seen)));
            return result.recipients().getFirst().outcome().reply();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void aFilterBeforeTheQueueIsHeardByTheClient() throws Exception {
        try (RunningServer server = start("before")) {
            assertEquals("554 5.7.1 It is spam", send(server, "mx", "alice@example.test", "spam.eml"));
            assertTrue(send(server, "mx", "alice@example.test", "mail.eml").startsWith("250 2.0.0 Queued"));
            wentThrough(Files.readString(first("var/mail/example.test/alice/new")));
            filter.close();
            String later = send(server, "mx", "alice@example.test", "mail.eml");
            assertTrue(later.startsWith("451 4.3.0 The content filter does not work"), later);
        }
    }

    @Test
    void aFilterAfterTheQueueIsOneStopOnTheWay() throws Exception {
        try (RunningServer server = start("after")) {
            assertTrue(send(server, "mx", "alice@example.test", "mail.eml").startsWith("250 2.0.0 Queued"));
            wentThrough(Files.readString(first("var/mail/example.test/alice/new")));
        }
    }

    @Test
    void whatComesBackMayGoToAnywhere() throws Exception {
        try (RunningServer server = start("before")) {
            assertEquals("550 5.7.1 Relaying denied", send(server, "mx", "bob@elsewhere.test", "mail.eml"));
            assertTrue(send(server, "back", "bob@elsewhere.test", "mail.eml").startsWith("250 2.0.0 Queued"));
            String batch = Files.readString(first("spool"));
            assertTrue(!batch.contains("X-Filter") && batch.contains("\r\nSubject: hello\r\n"), batch);
        }
    }

    @Test
    void nobodyElseMayUseTheWayBack() throws Exception {
        Files.writeString(folder.resolve("mw.toml"), CONFIG.replace("127.0.0.1/32", "192.0.2.1"));
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertEquals("554 5.7.1 Mail is taken elsewhere", send(server, "back", "alice@example.test", "mail.eml"));
            assertTrue(send(server, "mx", "alice@example.test", "mail.eml").startsWith("250 2.0.0 Queued"));
        }
    }

    @Test
    void aReloadTakesTheFilterAway() throws Exception {
        try (RunningServer server = start("before")) {
            reload();
            assertEquals("554 5.7.1 It is spam", send(server, "mx", "alice@example.test", "spam.eml"));
            Files.writeString(folder.resolve("mw.toml"), CONFIG);
            reload();
            assertTrue(send(server, "mx", "alice@example.test", "spam.eml").startsWith("250 2.0.0 Queued"));
        }
    }

    private void reload() {
        Run run = new TestTerminal(folder).run("", "reload", "--config", "mw.toml");
        assertEquals(ExitStatus.OK, run.status(), run::err);
    }

    private static void wentThrough(String mail) {
        int seen = mail.indexOf("X-Filter: seen");
        assertTrue(
                seen > 0 && seen == mail.lastIndexOf("X-Filter: seen") && mail.endsWith("\nSubject: hello\n\nHello!\n"),
                mail);
    }

    private RunningServer start(String when) throws IOException {
        Files.writeString(
                folder.resolve("mw.toml"),
                CONFIG + "[filter]\n" + when + " = \"127.0.0.1:"
                        + filter.address("filter").getPort() + "\"\n");
        RunningServer server = RunningServer.start(folder, "mw.toml");
        String address = server.address("back");
        back.set(ServerAddress.of("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1))));
        return server;
    }

    /** Sends a mail; returns the reply for its recipient. */
    private String send(RunningServer server, String listener, String to, String mail) {
        String at = server.address(listener);
        Run run = new TestTerminal(folder).run("", "send", "--server", at, "--from", "bob@far.test", "--to", to, mail);
        return run.out().strip().replaceFirst("^<[^>]*> ", "");
    }

    /** Waits for a file in a folder. */
    private Path first(String name) throws IOException, InterruptedException {
        Path wanted = folder.resolve(name);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            if (Files.isDirectory(wanted)) {
                try (Stream<Path> found = Files.list(wanted)) {
                    Path first = found.filter(
                                    file -> !file.getFileName().toString().startsWith("."))
                            .findFirst()
                            .orElse(wanted);
                    if (!first.equals(wanted)) {
                        return first;
                    }
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing in " + wanted);
    }
}
