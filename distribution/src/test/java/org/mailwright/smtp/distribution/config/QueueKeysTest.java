package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.relay.NextHop;
import org.mailwright.smtp.relay.TlsLevel;

/** The keys of queue, relay, routes and name servers: each is read, and each consistency rule names its line. */
class QueueKeysTest {
    private static final String HOP =
            "expected a next hop: \"DOMAIN\", \"[HOST]\" or \"[ADDRESS]\", perhaps with" + " \":PORT\", found ";
    private static final String ROUTED = "expected a domain, or with a dot before it all below one, found ";

    @TempDir
    private Path folder;

    private ConfigText config() {
        return new ConfigText(folder);
    }

    @Test
    void whatHoldsWithoutAKey() throws Exception {
        ServerConfig config = config().read("");
        assertEquals(
                new QueueConfig(
                        QueueStore.SQLITE,
                        folder.resolve("var/queue"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(15),
                                Duration.ofMinutes(30),
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                Duration.ofHours(4)),
                        Duration.ofDays(5),
                        Duration.ofHours(4),
                        Duration.ofSeconds(60)),
                config.queue());
        assertEquals(
                new RelaySettings(
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        TlsLevel.OPPORTUNISTIC,
                        true,
                        Optional.empty(),
                        20,
                        0,
                        false,
                        25,
                        Duration.ofSeconds(30)),
                config.relay());
        assertEquals(List.of(), config.routes());
        assertEquals(new DnsSettings(List.of(), Duration.ofSeconds(5), false), config.dns());
    }

    @Test
    void everyKeyOfTheQueueIsRead() throws Exception {
        QueueConfig queue = config().with("pw").read("""
            [queue]
            store = "postgres"
            folder = "spool"
            url = "jdbc:postgresql://db.example.test/mail"
            user = "mail"
            password-file = "pw"
            retry = ["30s", "10m"]
            expire = "2d"
            delay-warning = "1h"
            lease = "30s"
            """).queue();
        assertEquals(
                new QueueConfig(
                        QueueStore.POSTGRES,
                        folder.resolve("spool"),
                        Optional.of("jdbc:postgresql://db.example.test/mail"),
                        Optional.of("mail"),
                        Optional.of(folder.resolve("pw")),
                        List.of(Duration.ofSeconds(30), Duration.ofMinutes(10)),
                        Duration.ofDays(2),
                        Duration.ofHours(1),
                        Duration.ofSeconds(30)),
                queue);
    }

    @ParameterizedTest
    @CsvSource({"sqlite, SQLITE", "memory, MEMORY", "none, NONE"})
    void everyStoreThatNeedsNothingElse(String written, QueueStore store) throws Exception {
        assertEquals(
                store,
                config().read("[queue]\nstore = \"" + written + "\"\n").queue().store());
    }

    @Test
    void theFolderOfTheQueueIsBelowTheDataFolder() throws Exception {
        assertEquals(
                Path.of("/srv/mw/queue"),
                config().read("data = \"/srv/mw\"\n").queue().folder());
        assertEquals(
                Path.of("/srv/mw/spool"),
                config().read("data = \"/srv/mw\"\n[queue]\nfolder = \"{data}/spool\"\n")
                        .queue()
                        .folder());
    }

    @Test
    void everyKeyOfTheRelayIsRead() throws Exception {
        RelaySettings relay = config().with("pw", "ca.pem").read("""
            [relay]
            smarthost = "[smtp.example.net]:465"
            implicit-tls = true
            user = "me"
            password-file = "pw"
            tls = "verified"
            heed-tls-required-no = false
            ca = "ca.pem"
            concurrency = 3
            rate = 7
            private-addresses = true
            port = 2525
            connect-timeout = "5s"
            """).relay();
        assertEquals(
                new RelaySettings(
                        Optional.of(new NextHop("smtp.example.net", 465, true)),
                        true,
                        Optional.of("me"),
                        Optional.of(folder.resolve("pw")),
                        TlsLevel.VERIFIED,
                        false,
                        Optional.of(folder.resolve("ca.pem")),
                        3,
                        7,
                        true,
                        2525,
                        Duration.ofSeconds(5)),
                relay);
    }

    @Test
    void everyKeyOfRoutesIsRead() throws Exception {
        List<RouteConfig> routes = config().read("""
            [[route]]
            domain = "example.net"
            to = "[192.0.2.25]:2525"
            tls = "required"
            concurrency = 2
            rate = 10
            [[route]]
            domain = ".example.net"
            tls = "none"
            [[route]]
            domain = "slow.example"
            rate = 1
            """).routes();
        assertEquals(
                List.of(
                        new RouteConfig(
                                "example.net",
                                Optional.of(new RouteTarget.Hop(new NextHop("192.0.2.25", 2525, true))),
                                Optional.empty(),
                                false,
                                Optional.of(TlsLevel.REQUIRED),
                                Optional.of(2),
                                Optional.of(10)),
                        new RouteConfig(
                                ".example.net",
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.of(TlsLevel.NONE),
                                Optional.empty(),
                                Optional.empty()),
                        new RouteConfig(
                                "slow.example",
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(1))),
                routes);
    }

    @Test
    void everyKeyOfTheNameServersIsRead() throws Exception {
        DnsSettings dns = config().read("""
            [dns]
            servers = ["127.0.0.1:53", "[::1]:5353"]
            timeout = "2s"
            trust-ad = true
            """).dns();
        assertEquals(
                new DnsSettings(
                        List.of(new HostPort("127.0.0.1", 53), new HostPort("::1", 5353)), Duration.ofSeconds(2), true),
                dns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "opportunistic", "required", "verified"})
    void everyLevelOfTls(String level) throws Exception {
        assertEquals(
                level,
                ConfigTypes.choiceName(config().read("[relay]\ntls = \"" + level + "\"\n")
                        .relay()
                        .tls()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "store = \"mysql\" | expected one of \"sqlite\", \"postgres\", \"memory\", \"none\", found \"mysql\"",
                "retry = [] | expected a list, each a duration such as \"30s\", \"5m\" or \"1h\", from 100ms to 30d, "
                        + "at least one, found []",
                "expire = \"0s\" | expected a duration such as \"30s\", \"5m\" or \"1h\", from 1s to 30d, found \"0s\"",
                "delay-warning = 4 | expected a duration such as \"30s\", \"5m\" or \"1h\", from 0s to 30d, found 4",
                "lease = \"1s\" | expected a duration such as \"30s\", \"5m\" or \"1h\", from 2s to 1h, found \"1s\"",
                "user = \" \" | expected a text, found \" \"",
            })
    void valuesOfTheQueueThatAreNone(String line, String text) throws Exception {
        String key = line.substring(0, line.indexOf(' '));
        config().assertProblems("[queue]\n" + line + "\n", "2: queue." + key + ": " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "smarthost = \"192.0.2.1\" | " + HOP + "\"192.0.2.1\"",
                "smarthost = \"[a b]\" | " + HOP + "\"[a b]\"",
                "tls = \"yes\" | expected one of \"none\", \"opportunistic\", \"required\", \"verified\", "
                        + "found \"yes\"",
                "concurrency = 0 | expected a whole number from 1 to 10000, found 0",
                "rate = -1 | expected a whole number from 0 to 1000000, found -1",
                "private-addresses = \"no\" | expected true or false, found \"no\"",
                "implicit-tls = 1 | expected true or false, found 1",
                "port = 65536 | expected a whole number from 1 to 65535, found 65536",
                "connect-timeout = \"6m\" | expected a duration such as \"30s\", \"5m\" or \"1h\", from 100ms to 5m, "
                        + "found \"6m\"",
            })
    void valuesOfTheRelayThatAreNone(String line, String text) throws Exception {
        String key = line.substring(0, line.indexOf(' '));
        config().assertProblems("[relay]\n" + line + "\n", "2: relay." + key + ": " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "domain = \"a b\" | domain | " + ROUTED + "\"a b\"",
                "domain = \"*.example.net\" | domain | " + ROUTED + "\"*.example.net\"",
                "to = \"::1\" | to | expected " + RouteTarget.EXPECTED + ", found \"::1\"",
                "rate = 1.5 | rate | expected a whole number from 0 to 1000000, found 1.5",
            })
    void valuesOfRoutesThatAreNone(String line, String key, String text) throws Exception {
        String domain = key.equals("domain") ? "tls = \"none\"\n" : "domain = \"d.example\"\n";
        config().assertProblems("[[route]]\n" + line + "\n" + domain, "2: route." + key + ": " + text);
    }

    @Test
    void aRouteHasADomain() throws Exception {
        config().assertProblems("\n[[route]]\ntls = \"none\"\n", "2: route.domain: " + ROUTED + "nothing");
    }

    @Test
    void nameServersHaveAPort() throws Exception {
        config().assertProblems(
                        "[dns]\nservers = [\"127.0.0.1\"]\n",
                        "2: dns.servers: expected a list, each an address and port such as \"127.0.0.1:2525\" or"
                                + " \"[::1]:2525\", found [\"127.0.0.1\"]");
    }
}
