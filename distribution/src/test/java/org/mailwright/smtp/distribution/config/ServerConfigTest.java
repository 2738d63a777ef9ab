package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.gateway.pipe.PipeConfig;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.relay.NextHop;

class ServerConfigTest {
    private static final Set<String> INSTALLED =
            Set.of("PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "STARTTLS", "AUTH", "X-COLOUR");

    @TempDir
    private Path folder;

    @Test
    void whatHoldsWithoutAFile() {
        ServerConfig config = ServerConfig.defaults(folder);
        assertEquals(
                List.of(
                        "mx MX 127.0.0.1:2525 STARTTLS",
                        "submission SUBMISSION 127.0.0.1:2587 STARTTLS",
                        "submissions SUBMISSION 127.0.0.1:2465 IMPLICIT",
                        "lmtp LMTP 127.0.0.1:2424 NONE"),
                config.listeners().stream()
                        .map(listener -> listener.name() + " " + listener.role() + " " + listener.address() + " "
                                + listener.tls())
                        .toList());
        assertEquals(List.of("localhost"), config.localDomains());
        assertEquals(folder.resolve("var"), config.data());
        assertEquals(
                folder.resolve("var/mail/localhost/alice"),
                config.delivery().maildir().resolve(new LocalMailbox("alice", "localhost")));
        assertEquals(folder.resolve("var/users.toml"), config.users().file());
        assertEquals(50 << 20, config.extensions().sizeLimit());
    }

    @Test
    void thePrintedDefaultsChangeNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("mw.toml"), DefaultsPrinter.print(Set.of()));
        ServerConfig printed = ServerConfig.read(file, INSTALLED);
        assertEquals(withSource(ServerConfig.defaults(folder), printed.source()), printed);
    }

    @Test
    void thePrintedDefaultsHaveEveryKeyWithHelp() {
        Set<String> shown = ExtensionKeys.TABLES.stream()
                .map(table -> table.path().substring(ExtensionKeys.PREFIX.length()))
                .collect(Collectors.toSet());
        String text = DefaultsPrinter.print(shown);
        List<ConfigTable> tables = new ArrayList<>(ConfigKeys.TABLES);
        tables.addAll(ExtensionKeys.TABLES);
        for (ConfigTable table : tables) {
            for (ConfigKey<?> key : table.keys()) {
                Pattern line = Pattern.compile(
                        "^# " + Pattern.quote(key.help()) + "\n(# )?" + Pattern.quote(key.name()) + " = .",
                        Pattern.MULTILINE);
                assertTrue(line.matcher(text).find(), () -> table.fullName(key.name()));
            }
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
    }

    @Test
    void everythingCanBeSet() throws Exception {
        ServerConfig config = read("""
            hostname = "mx.example.test"
            data = "/srv/mw"
            [[listener]]
            name = "six"
            role = "submission"
            address = "[::1]:0"
            extensions = ["SIZE", "AUTH"]
            [domains]
            local = "*"
            [users]
            file = "users.toml"
            unknown-recipients = "accept"
            [delivery]
            maildir = "mail/{user}@{domain}"
            [timeouts]
            command = "1m30s"
            [extension.SIZE]
            limit = 2147483648
            [extension.X-COLOUR]
            colours = ["red", "blue"]
            deep = { n = 1 }
            """);
        ListenerConfig listener = config.listeners().getFirst();
        assertEquals(1, config.listeners().size());
        assertEquals(new HostPort("::1", 0), listener.address());
        assertEquals(ListenerTls.STARTTLS, listener.tls());
        assertEquals(Optional.of(List.of("SIZE", "AUTH")), listener.extensions());
        assertEquals(List.of("*"), config.localDomains());
        assertEquals(folder.resolve("users.toml"), config.users().file());
        assertEquals(UnknownRecipients.ACCEPT, config.users().unknownRecipients());
        assertEquals(
                folder.resolve("mail/alice@example.test"),
                config.delivery().maildir().resolve(new LocalMailbox("alice", "example.test")));
        assertEquals(Duration.ofSeconds(90), config.timeouts().session().command());
        assertEquals(1L << 31, config.extensions().sizeLimit());
        assertEquals(
                Map.of("X-COLOUR", Map.of("colours", List.of("red", "blue"), "deep", Map.of("n", 1L))),
                config.foreign());
    }

    @Test
    void mailMayGoToPrograms() throws Exception {
        ServerConfig config = read("""
            [delivery]
            local = 'pipe:["/usr/local/bin/deliver", "--to={user}", "a b"]'
            [[route]]
            domain = "tickets.example.test"
            to = 'pipe:["/usr/local/bin/tickets"]'
            inbound = true
            [[route]]
            domain = "app.example.test"
            to = "https://app.example.test/mail?x=1"
            secret-file = "mw.toml"
            [[route]]
            domain = ".uucp.example.test"
            to = "bsmtp:{data}/uucp"
            [[route]]
            domain = "other.example.test"
            to = "[mx.example.test]:2525"
            """);
        assertEquals(
                new LocalDelivery.Pipe(PipeConfig.of("/usr/local/bin/deliver", "--to={user}", "a b")),
                config.delivery().local());
        assertEquals(
                List.of(
                        new RouteTarget.Program(PipeConfig.of("/usr/local/bin/tickets")),
                        new RouteTarget.Webhook(URI.create("https://app.example.test/mail?x=1")),
                        new RouteTarget.Batch(folder.resolve("var/uucp")),
                        new RouteTarget.Hop(NextHop.parse("[mx.example.test]:2525", 25))),
                config.routes().stream().map(route -> route.to().orElseThrow()).toList());
        assertEquals(
                List.of(true, false, false, false),
                config.routes().stream().map(RouteConfig::inbound).toList());
        assertEquals(
                Optional.of(folder.resolve("mw.toml")), config.routes().get(1).secretFile());
    }

    @Test
    void theDataFolderIsWhatDefaultsAreBelow() throws Exception {
        ServerConfig config = read("data = \"/srv/mw\"\n");
        assertEquals(Path.of("/srv/mw/users.toml"), config.users().file());
        assertEquals(Path.of("/srv/mw/mail/d/u"), config.delivery().maildir().resolve(new LocalMailbox("u", "d")));
    }

    @Test
    void theLinesOfForeignKeysAreKept() throws Exception {
        ServerConfig config = read("""
            [extension.X-COLOUR]
            colours = ["red", "blue"]

            deep = { n = 1 }
            """);
        assertEquals(
                Map.of(
                        "extension.X-COLOUR", 1,
                        "extension.X-COLOUR.colours", 2,
                        "extension.X-COLOUR.deep", 4,
                        "extension.X-COLOUR.deep.n", 4),
                config.foreignLines());
    }

    @Test
    void certificatesAreRelativeToTheFile() throws Exception {
        for (String name : List.of("c.pem", "k.pem", "p", "c2.pem", "k2.pem")) {
            Files.writeString(folder.resolve(name), "");
        }
        TlsConfig tls = read("""
            [tls]
            certificate = "c.pem"
            key = "k.pem"
            passphrase-file = "p"
            [[tls.sni]]
            certificate = "c2.pem"
            key = "k2.pem"
            """).tls();
        assertEquals(
                Optional.of(new TlsConfig.Identity(
                        folder.resolve("c.pem"), folder.resolve("k.pem"), Optional.of(folder.resolve("p")))),
                tls.identity());
        assertEquals(
                List.of(new TlsConfig.Identity(folder.resolve("c2.pem"), folder.resolve("k2.pem"), Optional.empty())),
                tls.others());
    }

    private ServerConfig read(String toml) throws ConfigException, IOException {
        return ServerConfig.read(Files.writeString(folder.resolve("mw.toml"), toml), INSTALLED);
    }

    private static ServerConfig withSource(ServerConfig config, String source) {
        return new ServerConfig(
                source,
                config.hostname(),
                config.data(),
                config.ioThreads(),
                config.listeners(),
                config.http(),
                config.localDomains(),
                config.users(),
                config.queue(),
                config.relay(),
                config.routes(),
                config.turns(),
                config.dns(),
                config.filter(),
                config.delivery(),
                config.reports(),
                config.limits(),
                config.timeouts(),
                config.extensions(),
                config.foreign(),
                config.foreignLines(),
                config.tls(),
                config.log());
    }
}
