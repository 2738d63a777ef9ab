package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.turn.AtrnExtension;
import org.mailwright.smtp.ext.turn.Fetch;
import org.mailwright.smtp.ext.turn.TurnExtension;

/** A provider and a branch, both servers of ours: mail waits at the one until the other fetches it. */
@Timeout(120)
class TurnTest {

    private static final String PROVIDER = """
        hostname = "provider.test"
        data = "provider"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        [[listener]]
        name = "odmr"
        role = "submission"
        address = "127.0.0.1:0"
        tls = "none"
        [domains]
        local = ["provider.test"]
        [queue]
        store = "STORE"
        [relay]
        private-addresses = true
        [extension.AUTH]
        require-tls = false
        [extension.ETRN]
        interval = "1s"
        """;
    private static final String TURN = """
        [[turn]]
        user = "branch@provider.test"
        domains = ["branch.test", "other.test"]
        """;
    private static final String BRANCH = """
        hostname = "branch.test"
        data = "branch"
        [[listener]]
        name = "mx"
        role = "mx"
        address = "127.0.0.1:0"
        tls = "none"
        [domains]
        local = ["branch.test", "other.test"]
        [users]
        unknown-recipients = "accept"
        """;

    @TempDir
    private Path folder;

    private final BlockingQueue<Reply> told = new ArrayBlockingQueue<>(10);

    private Run run(String in, String... arguments) {
        return new TestTerminal(folder).run(in, arguments);
    }

    private void addUser(String name) throws IOException {
        assertEquals(
                0,
                run("sesame\n", "user", "add", name, "--config", "provider.toml")
                        .status());
    }

    private void send(RunningServer server, String to, String text) {
        Run sent = run(text, "send", "--server", server.address("mx"), "--from", "a@client.test", "--to", to);
        assertEquals(0, sent.status(), sent::out);
    }

    private String waiting() {
        return run("", "queue", "summary", "--config", "provider.toml").out();
    }

    private static Reply next(BlockingQueue<Reply> replies) throws InterruptedException {
        return Optional.ofNullable(replies.poll(60, TimeUnit.SECONDS)).orElseThrow();
    }

    /** Fetches mail, and waits until the connection is over; returns the answer. */
    private Reply fetch(
            RunningServer provider, String user, AttributeKey<Fetch> by, ServerAssembly branch, String... domains)
            throws Exception {
        BlockingQueue<Boolean> over = new ArrayBlockingQueue<>(1);
        Fetch fetch = new Fetch(
                Stream.of(domains).map(Domain::parse).toList(),
                peer -> new Watched(
                        new ServerSession(branch.server().services().getFirst(), peer.tls()), () -> over.add(true)),
                told::add);
        try (SmtpClient client = client("branch.test");
                Secret secret = Secret.of("sesame")) {
            Attributes settings = Attributes.EMPTY
                    .with(AuthExtension.CREDENTIALS, new ClientCredentials.Password(user, secret))
                    .with(by, fetch);
            client.open(address(provider).withSettings(settings)).ready().get(60, TimeUnit.SECONDS);
            Reply answer = next(told);
            assertTrue(answer.code() != 250 || over.poll(60, TimeUnit.SECONDS) != null);
            return answer;
        }
    }

    private static SmtpClient client(String hostname) {
        return SmtpClient.builder(hostname)
                .with(new AuthExtension(AuthConfig.DEFAULT, UserSources.NONE))
                .with(new AtrnExtension())
                .with(new TurnExtension())
                .build();
    }

    private static ServerAddress address(RunningServer server) {
        String address = server.address("odmr");
        int colon = address.lastIndexOf(':');
        return ServerAddress.of(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private ServerAssembly branch() throws Exception {
        Files.writeString(folder.resolve("branch.toml"), BRANCH);
        Installed installed = Installed.find(Optional.empty());
        ServerConfig config = ServerConfig.read(folder.resolve("branch.toml"), installed.ids());
        ServerAssembly assembly = ServerAssembly.of(config, installed, ServerAssembly.Purpose.SERVE);
        assembly.server().start();
        assembly.flow().start();
        return assembly;
    }

    /** The mails of a user of the branch, once there are so many. */
    private List<String> mails(String user, int count) throws IOException {
        return mails("branch", user, count);
    }

    private List<String> mails(String server, String user, int count) throws IOException {
        Path maildir = folder.resolve(server).resolve("mail").resolve(user).resolve("new");
        List<String> mails = new ArrayList<>();
        while (mails.size() < count) {
            mails.clear();
            if (Files.isDirectory(maildir)) {
                try (Stream<Path> files = Files.list(maildir)) {
                    for (Path file : files.toList()) {
                        mails.add(Files.readString(file));
                    }
                }
            }
            Thread.onSpinWait();
        }
        return mails;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void aBranchFetchesItsMail(String store) throws Exception {
        Files.writeString(folder.resolve("provider.toml"), PROVIDER.replace("STORE", store) + TURN);
        addUser("branch@provider.test");
        addUser("alice@provider.test");
        ServerAssembly branch = branch();
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            assertEquals(
                    453,
                    fetch(provider, "branch@provider.test", AtrnExtension.REQUEST, branch)
                            .code());
            assertEquals(
                    502,
                    fetch(provider, "branch@provider.test", TurnExtension.REQUEST, branch)
                            .code());
            for (int i = 0; i < 12; i++) {
                send(provider, "joe@branch.test", "Subject: mail " + i + "\n\ntext\n");
            }
            send(provider, "ann@other.test", "Subject: to the other\n\ntext\n");
            assertEquals(
                    450,
                    fetch(provider, "alice@provider.test", AtrnExtension.REQUEST, branch)
                            .code());
            assertEquals(
                    450,
                    fetch(provider, "branch@provider.test", AtrnExtension.REQUEST, branch, "provider.test")
                            .code());
            assertTrue(waiting().contains("turn>branch.test  12"), this::waiting);
            assertEquals(
                    250,
                    fetch(provider, "branch@provider.test", TurnExtension.REQUEST, branch)
                            .code());
            List<String> mails = mails("branch.test/joe", 12);
            assertEquals(12, mails.stream().distinct().count());
            assertTrue(mails.getFirst().contains("from provider.test"), mails::getFirst);
            assertTrue(waiting().contains("turn>other.test"), this::waiting);
            assertEquals(
                    250,
                    fetch(provider, "branch@provider.test", AtrnExtension.REQUEST, branch)
                            .code());
            assertEquals(1, mails("other.test/ann", 1).size());
            assertEquals(
                    453,
                    fetch(provider, "branch@provider.test", AtrnExtension.REQUEST, branch)
                            .code());
            assertTrue(!waiting().contains("turn>"), this::waiting);
        } finally {
            branch.server().stop();
            branch.flow().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void aHostAsksForItsMail() throws Exception {
        ServerAssembly branch = branch();
        int port = branch.server().address("mx").getPort();
        branch.server().close();
        Files.writeString(
                folder.resolve("provider.toml"),
                PROVIDER.replace("STORE", "memory") + "[[route]]\ndomain = \"branch.test\"\nto = \"[127.0.0.1]:" + port
                        + "\"\n");
        addUser("alice@provider.test");
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            assertEquals(
                    "branch.test 251 2.0.0 OK, no messages waiting for node branch.test\n",
                    etrn(provider, 0, "branch.test"));
            Run sent = run(
                    "sesame\nSubject: x\n\ntext\n",
                    ("send --server " + provider.address("odmr") + " --user alice@provider.test --password-stdin"
                                    + " --from alice@provider.test --to joe@branch.test")
                            .split(" "));
            assertEquals(0, sent.status(), sent::out);
            assertTrue(
                    etrn(provider, 75, "elsewhere.test", "#queue").matches("elsewhere.test 459 .*\n#queue 459 .*\n"));
            assertEquals(
                    "@branch.test 253 2.0.0 OK, 1 pending messages for node @branch.test started\n",
                    etrn(provider, 0, "@branch.test"));
        } finally {
            branch.flow().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatWaitsGoesToTheHostThatAsks() throws Exception {
        ServerAssembly branch = branch();
        Files.writeString(
                folder.resolve("provider.toml"),
                PROVIDER.replace("STORE", "sqlite") + "[[turn]]\ndomains = [\"branch.test\"]\nhost = \"[127.0.0.1]:"
                        + branch.server().address("mx").getPort() + "\"\n");
        addUser("alice@provider.test");
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            send(provider, "joe@branch.test", "Subject: one\n\ntext\n");
            send(provider, "joe@branch.test", "Subject: two\n\ntext\n");
            assertTrue(waiting().contains("turn>branch.test  2"), this::waiting);
            assertTrue(etrn(provider, 75, "other.test").startsWith("other.test 459 "));
            assertEquals(
                    "branch.test 253 2.0.0 OK, 2 pending messages for node branch.test started\n",
                    etrn(provider, 0, "branch.test"));
            assertEquals(2, mails("branch.test/joe", 2).size());
        } finally {
            branch.server().stop();
            branch.flow().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void aBranchFetchesByCommandWhatAProviderKeptThroughARestart() throws Exception {
        Files.writeString(folder.resolve("provider.toml"), PROVIDER.replace("STORE", "sqlite") + TURN);
        addUser("branch@provider.test");
        ServerAssembly branch = branch();
        String to = "127.0.0.1:" + branch.server().address("mx").getPort();
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            send(provider, "joe@branch.test", "Subject: kept\n\n" + "text\n".repeat(100_000));
            send(provider, "ann@other.test", "Subject: other\n\ntext\n");
        }
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            assertEquals(
                    69,
                    fetch(provider, "sesame", to, "--turn", "--helo", "elsewhere.test")
                            .status());
            Run fetched = fetch(provider, "sesame", to, "branch.test");
            assertEquals("250 2.0.0 OK now reversing the connection\n", fetched.out(), fetched::err);
            assertEquals(0, fetched.status());
            assertTrue(mails("branch.test/joe", 1).getFirst().length() > 500_000);
            assertTrue(waiting().contains("turn>other.test"), this::waiting);
            Run nobody = fetch(provider, "sesame", "127.0.0.1:1", "branch.test", "other.test");
            assertEquals(75, nobody.status(), nobody::out);
            assertTrue(nobody.err().contains("cannot connect"), nobody::err);
            assertEquals(0, fetch(provider, "sesame", to).status());
            assertEquals(1, mails("other.test/ann", 1).size());
            assertEquals(
                    "453 4.2.0 You have no mail\n",
                    fetch(provider, "sesame", to).out());
            assertEquals(69, fetch(provider, "wrong", to).status());
        } finally {
            branch.server().stop();
            branch.flow().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void aMailThatIsCutOffIsNoFetchedMail() throws Exception {
        Files.writeString(folder.resolve("provider.toml"), PROVIDER.replace("STORE", "memory") + TURN);
        addUser("branch@provider.test");
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            send(provider, "joe@branch.test", "Subject: kept\n\n" + "text\n".repeat(1000));
            for (String leave : List.of("", "421 4.3.2 Going down\r\n")) {
                try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    Thread server = Thread.startVirtualThread(() -> endsInMidMail(here, leave));
                    Run cut = fetch(provider, "sesame", "127.0.0.1:" + here.getLocalPort());
                    server.join();
                    assertEquals(75, cut.status(), cut::out);
                    assertEquals(
                            "mailwright fetch: the server that takes the mail ended the connection before all was said"
                                    + (leave.isEmpty() ? "\n" : ": " + leave.replace("\r", "")),
                            cut.err());
                }
                assertTrue(waiting().contains("turn>branch.test  1"), this::waiting);
            }
        }
    }

    /** Takes a mail as far as the first line of its content, and ends the connection in good order. */
    private static void endsInMidMail(ServerSocket here, String leave) {
        try (Socket socket = here.accept()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            out.write("220 here.test\r\n".getBytes(StandardCharsets.US_ASCII));
            String line = line(in);
            while (!line.startsWith("Subject:")) {
                Optional<String> answer = switch (line.substring(0, Math.min(4, line.length()))) {
                    case "EHLO", "MAIL", "RCPT" -> Optional.of("250 OK\r\n");
                    case "DATA" -> Optional.of("354 Go on\r\n");
                    default -> Optional.empty();
                };
                if (answer.isPresent()) {
                    out.write(answer.get().getBytes(StandardCharsets.US_ASCII));
                }
                line = line(in);
            }
            out.write(leave.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("in a line");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    @Test
    void sendersHearOfMailThatWaitsOnlyWhereItIsWanted() throws Exception {
        Files.writeString(
                folder.resolve("provider.toml"),
                PROVIDER.replace(
                                "store = \"STORE\"",
                                "store = \"memory\"\nretry = [\"200ms\"]\ndelay-warning = \"1s\"\nexpire = \"4s\"")
                        + "[[turn]]\nuser = \"a@provider.test\"\ndomains = [\"branch.test\"]\n"
                        + "[[turn]]\nuser = \"a@provider.test\"\ndomains = [\"other.test\"]\ndelay-warning = true\n");
        addUser("alice@provider.test");
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            for (String to : List.of("joe@branch.test", "ann@other.test")) {
                Run sent = run(
                        "Subject: x\n\ntext\n",
                        ("send --server " + provider.address("mx") + " --from alice@provider.test --to " + to)
                                .split(" "));
                assertEquals(0, sent.status(), sent::out);
            }
            List<String> reports = mails("provider", "provider.test/alice", 3);
            assertEquals(1, count(reports, "Action: delayed"));
            assertEquals(2, count(reports, "Action: failed"));
            assertEquals(1, count(reports, "rfc822;joe@branch.test"));
            assertTrue(!waiting().contains("turn>"), this::waiting);
        }
    }

    /** A host that fetches its mail may know DELIVERBY like any other: then nobody is told of the relay (RFC 2852). */
    @Test
    void whoFetchesAnswersForTheTimeOfAMail() throws Exception {
        Files.writeString(
                folder.resolve("provider.toml"),
                PROVIDER.replace("STORE", "memory") + TURN.replace("user = ", "secret-file = \"secret\"\nuser = "));
        Files.writeString(folder.resolve("secret"), "sesame\n");
        addUser("alice@provider.test");
        addUser("branch@provider.test");
        ServerAssembly branch = branch();
        try (RunningServer provider = RunningServer.start(folder, "provider.toml")) {
            assertTrue(
                    offer(provider).stream().anyMatch(line -> line.matches("250.AUTH .+ CRAM-MD5")),
                    () -> "behind the better ones: " + offer(provider));
            for (String by : List.of("BY=600;N", "BY=600;NT")) {
                speak(
                        provider.address("mx"),
                        "EHLO client.test",
                        "MAIL FROM:<alice@provider.test> " + by,
                        "RCPT TO:<joe@branch.test>",
                        "DATA",
                        "Subject: " + by + "\r\n\r\nx\r\n.");
            }
            assertEquals(
                    250,
                    fetch(provider, "branch@provider.test", AtrnExtension.REQUEST, branch)
                            .code());
            assertEquals(2, mails("branch.test/joe", 2).size());
            List<String> reports = mails("provider", "provider.test/alice", 1);
            assertEquals(1, reports.size(), "only the one who traces hears of it");
            assertEquals(1, count(reports, "Action: relayed"));
            assertEquals(1, count(reports, "Subject: BY=600;NT"));
        } finally {
            branch.server().stop();
            branch.flow().stop(Duration.ofSeconds(10));
        }
    }

    private static List<String> offer(RunningServer server) {
        try {
            return speak(server.address("odmr"), "EHLO client.test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says lines, one after the other; returns the lines of all replies, each of which must be positive. */
    private static List<String> speak(String address, String... lines) throws IOException {
        int colon = address.lastIndexOf(':');
        List<String> replies = new ArrayList<>();
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            replies(in, replies);
            for (String line : lines) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                replies(in, replies);
            }
        }
        return replies;
    }

    private static void replies(BufferedReader in, List<String> replies) throws IOException {
        String line;
        do {
            line = String.valueOf(in.readLine());
            assertTrue(line.startsWith("2") || line.startsWith("354"), line);
            replies.add(line);
        } while (line.startsWith("-", 3));
    }

    private static long count(List<String> mails, String text) {
        return mails.stream()
                .filter(mail -> mail.replace("; ", ";").contains(text))
                .count();
    }

    private Run fetch(RunningServer provider, String password, String to, String... more) {
        List<String> words =
                new ArrayList<>(List.of("fetch --server %s --user branch@provider.test --password-stdin --to %s"
                        .formatted(provider.address("odmr"), to)
                        .split(" ")));
        words.addAll(List.of(more));
        return run(password + "\n", words.toArray(new String[0]));
    }

    private String etrn(RunningServer provider, int status, String... nodes) {
        List<String> words = new ArrayList<>(List.of("etrn", "--server", provider.address("mx")));
        words.addAll(List.of(nodes));
        Run asked = run("", words.toArray(new String[0]));
        assertEquals(status, asked.status(), asked::err);
        return asked.out();
    }

    @Test
    void nobodyIsAskedWhereNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Run asked = run("", "etrn", "--server", "127.0.0.1:" + port, "branch.test");
        assertEquals(75, asked.status());
        assertTrue(asked.out().startsWith("branch.test 4"), asked::out);
        assertEquals(64, run("", "etrn", "--server", "127.0.0.1:25", "-x-").status());
        assertEquals(64, run("", "etrn", "--server", "nowhere", "a.test").status());
    }
}
