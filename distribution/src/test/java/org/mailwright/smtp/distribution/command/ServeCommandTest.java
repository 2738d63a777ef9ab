package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ServeCommandTest {
    private static final String CONFIG = """
        hostname = "mx.example.test"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        [[listener]]
        name = "submission"
        role = "submission"
        address = "127.0.0.1:0"
        [[listener]]
        name = "lmtp"
        role = "lmtp"
        address = "127.0.0.1:0"
        tls = "none"
        [domains]
        local = ["example.test"]
        """;

    @TempDir
    private Path folder;

    @Test
    void mailGoesFromTheCommandLineIntoAMailbox() throws Exception {
        Files.writeString(folder.resolve("mw.toml"), CONFIG);
        Files.writeString(folder.resolve("mail.eml"), "Subject: hello\n\nHello!\n.dot\n");
        run("sesame\n", "user", "add", "alice@example.test", "--config", "mw.toml");
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            assertEquals(
                    List.of("mx mx", "submission submission", "lmtp lmtp"),
                    server.lines().stream()
                            .filter(line -> line.startsWith("listening "))
                            .map(line -> line.replaceFirst("listening (\\S+ \\S+) .*", "$1"))
                            .toList());
            Run sent = send(server.address("mx"), "--to", "alice+x@example.test", "mail.eml");
            assertEquals(ExitStatus.OK, sent.status(), sent::err);
            assertTrue(sent.out().startsWith("<alice+x@example.test> 250 2.0.0 Queued as "), sent::out);
            String mail = Files.readString(mails("alice").getFirst());
            assertTrue(
                    mail.startsWith(
                            "Return-Path: <bob@elsewhere.test>\nDelivered-To: alice+x@example.test\nReceived: from "),
                    mail);
            assertTrue(mail.endsWith("\nSubject: hello\n\nHello!\n.dot\n"), mail);

            Run both = send(server.address("mx"), "--to", "alice@example.test", "nobody@example.test", "mail.eml");
            assertEquals(ExitStatus.UNAVAILABLE, both.status());
            assertTrue(both.out().contains("<nobody@example.test> 550 5.1.1 "), both::out);
            assertEquals(2, mails("alice", 2).size());

            Run wrong = send(
                    server.address("submission"),
                    "--to",
                    "alice@example.test",
                    "--tls",
                    "starttls",
                    "--insecure",
                    "--user",
                    "alice@example.test",
                    "--password-stdin",
                    "mail.eml");
            assertEquals(ExitStatus.UNAVAILABLE, wrong.status());
            assertTrue(wrong.out().contains(" 535 5.7.8 "), wrong::out);

            Run inClear = send(
                    server.address("submission"),
                    "--to",
                    "alice@example.test",
                    "--user",
                    "alice@example.test",
                    "--password-stdin",
                    "mail.eml");
            assertEquals(ExitStatus.USAGE, inClear.status(), inClear::out);
            assertEquals("", inClear.out());
            assertEquals(
                    "mailwright: 127.0.0.1 offers no login without TLS; --tls starttls or --tls implicit begins it\n",
                    inClear.err());

            Run unverified =
                    send(server.address("submission"), "--to", "a@example.test", "--tls", "starttls", "mail.eml");
            assertEquals(ExitStatus.UNAVAILABLE, unverified.status(), unverified::out);
            assertEquals("", unverified.out());
            assertTrue(
                    unverified.err().contains("is self-signed, and not among those that are trusted; --ca FILE"),
                    unverified::err);

            Run lmtp = send(server.address("lmtp"), "--lmtp", "--to", "alice@example.test", "mail.eml");
            assertEquals(ExitStatus.OK, lmtp.status(), lmtp::out);
            assertEquals(3, mails("alice", 3).size());
        }
        assertFalse(Files.readString(folder.resolve("var/users.toml")).contains("sesame"));
    }

    @Test
    void sendmailBringsMailToTheServer() throws Exception {
        Files.writeString(folder.resolve("mw.toml"), CONFIG);
        run("sesame\n", "user", "add", "alice@example.test", "--config", "mw.toml");
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            Run sent = run(
                    "To: Alice <alice@example.test>\nBcc: postmaster@example.test\nSubject: x\n\nHello!\n.\nnot this\n",
                    "sendmail",
                    "-t",
                    "-f",
                    "bob@elsewhere.test",
                    "-S",
                    server.address("mx"));
            assertEquals(ExitStatus.OK, sent.status(), sent::err);
            String mail = Files.readString(mails("alice").getFirst());
            assertFalse(mail.contains("Bcc") || mail.contains("not this"), mail);
            assertTrue(mail.contains("\nFrom: bob@elsewhere.test\nDate: "), mail);
            assertEquals(1, mails("postmaster").size());

            for (String sender : List.of("root", "<>")) {
                Run account = run(
                        "To: alice@example.test\n\nx\n", "sendmail", "-t", "-f", sender, "-S", server.address("mx"));
                assertEquals(ExitStatus.OK, account.status(), account::err);
            }
            assertEquals(3, mails("alice", 3).size());

            Run spoken = run("EHLO me\nQUIT\n", "sendmail", "-bs", "-S", server.address("mx"));
            assertTrue(spoken.out().startsWith("220 mx.example.test"), spoken::out);
            assertTrue(spoken.out().contains("\r\n221 2.0.0 "), spoken::out);
        }
        Run late = run("To: alice@example.test\n\nx\n", "sendmail", "-t", "-f", "b@c.test", "-S", "127.0.0.1:1");
        assertEquals(ExitStatus.TEMPORARY, late.status());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"[], 252 ", "['*'], 250 ", "['*'; 'example.test'], 250 "})
    void aBareNameIsVerifiedInTheMainDomain(String local, String answer) throws Exception {
        Files.writeString(
                folder.resolve("mw.toml"), CONFIG.replace("[\"example.test\"]", local.replace(';', ',')) + """
                    [extension.VRFY]
                    verify = ["mx"]
                    """);
        String domain = local.contains("example.test") ? "example.test" : "mx.example.test";
        run("sesame\n", "user", "add", "alice@" + domain, "--config", "mw.toml");
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            Run spoken = run("EHLO me\nVRFY alice\nQUIT\n", "sendmail", "-bs", "-S", server.address("mx"));
            assertTrue(spoken.out().contains("\r\n" + answer + " 2."), spoken::out);
        }
    }

    @Test
    void sendmailCompletesNamesWithTheMainDomain() throws Exception {
        Files.writeString(folder.resolve("mw.toml"), CONFIG);
        run("sesame\n", "user", "add", "alice@example.test", "--config", "mw.toml");
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            Run sent = run(
                    "Subject: x\n\nx\n",
                    "sendmail",
                    "-C",
                    "mw.toml",
                    "-S",
                    server.address("mx"),
                    "-f",
                    "root",
                    "alice");
            assertEquals(ExitStatus.OK, sent.status(), sent::err);
            String mail = Files.readString(mails("alice").getFirst());
            assertTrue(mail.startsWith("Return-Path: <root@example.test>\n"), mail);
            assertTrue(mail.contains("\nFrom: root@example.test\n"), mail);
        }
    }

    private static String kept(RunningServer server) {
        return Stream.of("mx", "submission", "lmtp")
                .map(name -> name + " " + server.address(name))
                .collect(Collectors.joining(", ", "listeners kept: ", "\n"));
    }

    @Test
    void aChangedConfigurationHoldsFromTheNextSessionOn() throws Exception {
        Path file = Files.writeString(folder.resolve("mw.toml"), CONFIG);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            String address = server.address("mx");
            assertTrue(greeting(address).startsWith("220 mx.example.test "));

            Files.writeString(file, CONFIG.replace("mx.example.test", "other.example.test"));
            Run reload = run("", "reload", "--config", "mw.toml");
            assertEquals(ExitStatus.OK, reload.status(), reload::err);
            assertTrue(greeting(address).startsWith("220 other.example.test "));

            Files.writeString(file, "io-threads = 3\n" + CONFIG + "[limits]\nconnections = 7\n");
            Run later = run("", "reload", "--config", "mw.toml");
            assertEquals(ExitStatus.OK, later.status(), later::err);
            assertEquals(
                    "mw.toml holds now, but only a restart changes io-threads, limits.connections\n" + kept(server),
                    later.out());
            Files.writeString(file, CONFIG.replace("mx.example.test", "other.example.test"));
            assertEquals(
                    "mw.toml holds now\n" + kept(server),
                    run("", "reload", "--config", "mw.toml").out());

            Files.writeString(file, CONFIG + "\n[queue]\nstore = \"nowhere\"\n");
            Run wrong = run("", "reload", "--config", "mw.toml");
            assertEquals(ExitStatus.CONFIG, wrong.status(), wrong::out);
            Files.writeString(file, CONFIG + "\n[queue]\nstore = \"memory\"\n");
            Run store = run("", "reload", "--config", "mw.toml");
            assertEquals(ExitStatus.CONFIG, store.status(), store::out);
            assertTrue((store.out() + store.err()).contains("needs a restart"), store::err);
            assertTrue(greeting(address).startsWith("220 other.example.test "));

            assertEquals(
                    ExitStatus.OK,
                    send(address, "--to", "postmaster@example.test", "mw.toml").status());
            assertEquals(1, mails("postmaster").size());
            Run queue = run("", "queue", "summary", "--config", "mw.toml");
            assertEquals(ExitStatus.OK, queue.status(), queue::err);
        }
        Run none = run("", "queue", "list", "--config", "mw.toml");
        assertEquals(ExitStatus.UNAVAILABLE, none.status(), none::out);
    }

    @Test
    void aQueueThatIsAwayMayComeBack() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Files.writeString(
                folder.resolve("mw.toml"),
                CONFIG + "\n[queue]\nstore = \"postgres\"\nurl = \"jdbc:postgresql://127.0.0.1:" + nobody + "/q\"\n");
        Run run = run("", "serve", "--config", "mw.toml");
        assertEquals(ExitStatus.TEMPORARY, run.status(), run::err);
        assertTrue(run.err().startsWith("mw.toml: queue: "), run::err);
    }

    private static String greeting(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return String.valueOf(in.readLine());
        }
    }

    @Test
    void whoStartsForTheFirstTimeIsToldWhatToDo() throws Exception {
        Files.writeString(folder.resolve("mw.toml"), CONFIG);
        try (RunningServer server = RunningServer.start(folder, "mw.toml")) {
            String told = String.join("\n", server.lines());
            assertTrue(told.contains("    ./mailwright user add alice@example.test --config mw.toml"), told);
            assertTrue(told.contains("| ./mailwright send --server " + server.address("mx") + " --from "), told);
            assertTrue(told.endsWith("\nready"), told);
        }
    }

    @Test
    void aPortThatIsInUseIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Files.writeString(folder.resolve("mw.toml"), """
                [[listener]]
                name = "mx"
                role = "mx"
                address = "%s"
                """.formatted(address));
            Run run = run("", "serve", "--config", "mw.toml");
            assertEquals(ExitStatus.UNAVAILABLE, run.status());
            assertTrue(run.err().contains(address.substring(address.indexOf(':') + 1)), run::err);
            assertTrue(run.err().contains("in use"), run::err);
        }
    }

    @Test
    void aKeyThatIsNoneIsTold() throws IOException {
        Files.writeString(folder.resolve("c.pem"), "no certificate");
        Files.writeString(folder.resolve("k.pem"), "no key");
        Files.writeString(folder.resolve("mw.toml"), "[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n");
        Run run = run("", "serve", "--config", "mw.toml");
        assertEquals(ExitStatus.CONFIG, run.status());
        Matcher named = Pattern.compile("mw\\.toml: tls: .*/[ck]\\.pem").matcher(run.err());
        assertTrue(named.find(), run::err);
    }

    private Run send(String server, String... more) {
        Stream<String> fixed = Stream.of("send", "--server", server, "--from", "bob@elsewhere.test");
        return run("wrong\n", Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private Run run(String in, String... arguments) {
        return new TestTerminal(folder).run(in, arguments);
    }

    private List<Path> mails(String user) throws IOException {
        return mails(user, 1);
    }

    /** Waits until so many have arrived: they come out of the queue a moment after their 250. */
    private List<Path> mails(String user, int least) throws IOException {
        Path mailbox = folder.resolve("var/mail/example.test").resolve(user).resolve("new");
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
