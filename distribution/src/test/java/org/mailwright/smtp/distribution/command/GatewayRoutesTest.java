package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail that leaves a whole server by other ways than SMTP. */
@Timeout(120)
class GatewayRoutesTest {
    private static final String CONFIG = """
        hostname = "mx.example.test"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        [domains]
        local = ["example.test"]
        [users]
        unknown-recipients = "accept"
        """;

    @TempDir
    private Path folder;

    @Test
    void localMailGoesToAProgram() throws Exception {
        write("""
            [delivery]
            local = '''pipe:["/bin/sh", "-c", 'cat >"$0/$1"; echo "$2 $3" >"$0/part"; mv "$0/part" "$0/done"', \
            "FOLDER", "{user}", "{detail}", "{sender}"]'''
            """);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertEquals(ExitStatus.OK, send(server, "alice+tag@example.test"));
            assertEquals("tag bob@elsewhere.test\n", Files.readString(appears("done")));
            String mail = Files.readString(folder.resolve("alice"));
            assertTrue(
                    mail.startsWith("Return-Path: <bob@elsewhere.test>\nDelivered-To: alice+tag@example.test\n"), mail);
            assertTrue(mail.endsWith("\nSubject: hello\n\nHello!\n"), mail);
        }
    }

    @Test
    void routesLeadToProgramsWebhooksAndFolders() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/mail", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(exchange.getRequestHeaders().getFirst("X-Envelope-To") + " "
                    + exchange.getRequestHeaders().getFirst("X-Signature").substring(0, 7) + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        web.start();
        Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
        write("""
            [[route]]
            domain = "tickets.test"
            inbound = true
            to = '''pipe:["/bin/sh", "-c", 'cat >"$0/tickets.part"; mv "$0/tickets.part" "$0/tickets"', "FOLDER"]'''
            [[route]]
            domain = "app.test"
            inbound = true
            to = "http://127.0.0.1:PORT/mail"
            secret-file = "secret"
            [[route]]
            domain = ".uucp.test"
            inbound = true
            to = "bsmtp:spool/batch"
            [[route]]
            domain = "closed.test"
            to = "bsmtp:spool/closed"
            """.replace("PORT", Integer.toString(web.getAddress().getPort())));
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertEquals(ExitStatus.OK, send(server, "queue@tickets.test"));
            assertTrue(Files.readString(appears("tickets")).endsWith("\nSubject: hello\n\nHello!\n"));

            assertEquals(ExitStatus.OK, send(server, "hook@app.test"));
            String post = String.valueOf(posted.poll(60, TimeUnit.SECONDS));
            assertTrue(post.startsWith("hook@app.test sha256= ") && post.endsWith("\r\nHello!\r\n"), post);

            assertEquals(ExitStatus.OK, send(server, "carol@far.uucp.test"));
            String batch = Files.readString(appears("spool/batch"));
            assertTrue(batch.startsWith("EHLO mx.example.test\r\nMAIL FROM:<bob@elsewhere.test>"), batch);
            assertTrue(batch.contains("\r\nRCPT TO:<carol@far.uucp.test>\r\nDATA\r\n"), batch);

            assertEquals(ExitStatus.UNAVAILABLE, send(server, "dave@closed.test"), "it is not for anybody");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void mailThatWaitsIsRequeuedToAnotherRoute() throws Exception {
        Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
        write("""
            [[route]]
            domain = "app.test"
            inbound = true
            to = "http://127.0.0.1:1/mail"
            secret-file = "secret"
            """);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertEquals(ExitStatus.OK, send(server, "hook@app.test"));
            while (!command("queue", "list", "--json").contains("\"attempts\":1,")) {
                Thread.onSpinWait();
            }
            write("""
                [[route]]
                domain = "app.test"
                inbound = true
                to = '''pipe:["/bin/sh", "-c", 'cat >"$0/part"; mv "$0/part" "$0/tried"', "FOLDER"]'''
                """);
            assertTrue(command("reload").startsWith("mw.toml holds now\n"));
            // for a moment after an attempt the lane is still at work
            while (!command("queue", "requeue", "--all").equals("1 delivery requeued\n")) {
                Thread.onSpinWait();
            }
            assertTrue(Files.readString(appears("tried")).endsWith("\nSubject: hello\n\nHello!\n"));
        }
    }

    private String command(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--config", "mw.toml"));
        return new TestTerminal(folder).run("", line.toArray(new String[0])).out();
    }

    @Test
    void aSecretThatIsTooShortIsTold() throws IOException {
        Files.writeString(folder.resolve("secret"), "short\n");
        write("[[route]]\ndomain = \"a.test\"\nto = \"https://app.example.test/\"\nsecret-file = \"secret\"\n");
        Run run = new TestTerminal(folder).run("", "serve", "--config", "mw.toml");
        assertEquals(ExitStatus.CONFIG, run.status());
        assertTrue(run.err().contains("secret: secret: expected at least 16 octets"), run::err);
    }

    private void write(String more) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), CONFIG + more.replace("FOLDER", folder.toString()));
        Files.writeString(folder.resolve("mail.eml"), "Subject: hello\n\nHello!\n");
    }

    private int send(RunningServer server, String to) {
        return new TestTerminal(folder)
                .run(
                        "",
                        "send",
                        "--server",
                        server.address("mx"),
                        "--from",
                        "bob@elsewhere.test",
                        "--to",
                        to,
                        "mail.eml")
                .status();
    }

    /** Waits for a file, or for one in a folder. */
    private Path appears(String name) throws IOException, InterruptedException {
        Path wanted = folder.resolve(name);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            if (Files.isRegularFile(wanted)) {
                return wanted;
            }
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
        throw new AssertionError("no " + wanted);
    }
}
