package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigErrorsTest {
    private static final Set<String> INSTALLED = Set.of("SIZE", "AUTH", "X-COLOUR");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hostnam = `x` | 1 | hostnam | expected a key of the top of the file, found \"hostnam\"; did you mean"
                        + " \"hostname\"?",
                "hostname = 3 | 1 | hostname | expected a host name such as \"mx.example.test\", found 3",
                "hostname = \"a b\" | 1 | hostname | expected a host name such as \"mx.example.test\", found \"a b\"",
                "\\nio-threads = \"many\" | 2 | io-threads | expected a whole number from 0 to 256, found \"many\"",
                "io-threads = 257 | 1 | io-threads | expected a whole number from 0 to 256, found 257",
                "recipients = 3 | 1 | recipients | expected a key of the top of the file, found \"recipients\"; "
                        + "\"recipients\" belongs in [limits]",
            })
    void keysAtTheTop(String toml, int line, String key, String text) throws IOException {
        assertProblem(toml, line, key, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[limits]\\nrecipient = 3 | 2 | limits.recipient "
                        + "| expected a key of [limits], found \"recipient\"; did you mean \"recipients\"?",
                "[limits]\\n"
                        + "recipients = 99 | 2 | limits.recipients | expected a whole number from 100 to 1000000, found"
                        + " 99",
                "limits = 3 | 1 | limits | expected a table [limits], found 3",
                "[[limits]]\\nerrors = 2 | 1 | limits | expected a table [limits], found an array of tables",
                "[timeouts]\\ncommand = 5 | 2 | timeouts.command "
                        + "| expected a duration such as \"30s\", \"5m\" or \"1h\", from 100ms to 7d, found 5",
                "[timeouts]\\n"
                    + "command = \"5 minutes\" | 2 | timeouts.command | expected a duration such as \"30s\", \"5m\" or"
                    + " \"1h\", from 100ms to 7d, found \"5 minutes\"",
                "[extension.SIZE]\\n"
                    + "limit = \"big\" | 2 | extension.SIZE.limit | expected a size such as \"50MiB\" or a number of"
                    + " octets, from 0 to 9223372036854775807, found \"big\"",
                "[extension.SISE]\\nlimit = 1 | 1 | extension.SISE | expected an extension that is installed "
                        + "(AUTH, SIZE, X-COLOUR), found \"SISE\"; did you mean \"SIZE\"?",
                "extension = 1 | 1 | extension | expected tables such as [extension.SIZE], found 1",
                "[extension]\\nSIZE = 1 | 2 | extension.SIZE | expected a table [extension.SIZE], found 1",
                "[domains]\\nlocal = [\"a\", 3] | 2 | domains.local "
                        + "| expected a list, each a domain such as \"example.test\", found [\"a\", 3]",
                "[delivery]\\nmaildir = \"mail\" | 2 | delivery.maildir "
                        + "| expected a path with {user}, and perhaps {domain} and {data}, found \"mail\"",
                "[extension.AUTH]\\nmechanisms = [\"PLAIN\", \"CRAM-MD5\"] | 2 | extension.AUTH.mechanisms "
                        + "| expected a list, each SCRAM-SHA-256, SCRAM-SHA-512, SCRAM-SHA-1, one of these with -PLUS, "
                        + "PLAIN, LOGIN or EXTERNAL, found [\"PLAIN\", \"CRAM-MD5\"]",
                "[tls]\\nprotocols = [] | 2 | tls.protocols "
                        + "| expected a list, each one of \"tls-1.2\", \"tls-1.3\", at least one, found []",
                "[delivery]\\n"
                        + "local = \"box\" | 2 | delivery.local | expected one of \"maildir\", \"mbox\","
                        + " \"lmtp:HOST:PORT\", \"lmtp:/PATH\", \"pipe:[\\\"/PROGRAM\\\", \\\"{user}\\\"]\""
                        + " or \"discard\", found \"box\"",
            })
    void keysOfTables(String toml, int line, String key, String text) throws IOException {
        assertProblem(toml, line, key, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pipe:[\"/bin/sort\", \"{usr}\"] | command: no placeholder is called {usr}",
                "pipe:[\"/bin/sort\", \"{user\"] | command: a brace without placeholder in {user",
                "pipe:[\"sort\"] | command: expected the absolute path of a program first",
                "pipe:[\"/{user}\"] | command: a mail must not choose the program",
                "pipe:[] | command: expected the absolute path of a program first",
                "pipe:/bin/sort | behind \"pipe:\" stands a list of texts in brackets",
                "pipe:[\"/bin/sort\", 1] | behind \"pipe:\" stands a list of texts in brackets",
                "pipe:[\"/bin/sort\"], [\"x\"] | behind \"pipe:\" stands a list of texts in brackets",
                "pipe:[\"/bin/sort\"]]\\nx = [1 | behind \"pipe:\" stands a list of texts in brackets",
            })
    void programs(String program, String fault) throws IOException {
        String written = "\"\"\"" + program.replace("\\n", "\n") + "\"\"\"";
        for (String toml :
                List.of("[delivery]\nlocal = " + written, "[[route]]\nto = " + written + "\ndomain = \"a.test\"")) {
            String told = problems(toml).getFirst().toString();
            assertTrue(told.contains("expected ") && told.endsWith("; " + fault), told);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "to = \"a b\" | 3 | route.to | expected a next hop (\"DOMAIN\", \"[HOST]\" or \"[ADDRESS]\", perhaps"
                        + " with \":PORT\"), \"pipe:[\\\"/PROGRAM\\\", \\\"{user}\\\"]\", \"https://HOST/PATH\" or"
                        + " \"bsmtp:FOLDER\", found \"a b\"",
                "to = \"https://app.example.test/mail\" | 3 | route.to | expected \"secret-file\" beside it, found"
                        + " none",
                "secret-file = \"mw.toml\"\\nto = \"a.test\" | 3 | route.secret-file "
                        + "| expected \"https://HOST/PATH\" in \"to\", found none",
                "tls = \"verified\"\\nto = \"bsmtp:/var/spool/batch\" | 3 | route.tls "
                        + "| expected a next hop in \"to\", found another way",
            })
    void keysOfRoutes(String lines, int number, String key, String text) throws IOException {
        assertProblem("[[route]]\ndomain = \"example.net\"\n" + lines, number, key, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://app.example.test/mail | \"http:\" is for this host alone: others could read the mail",
                "https://me:secret@app.example.test/ | a URL here has a host, no user and no fragment",
                "https:mail | a URL here has a host, no user and no fragment",
                "bsmtp: | behind \"bsmtp:\" stands a folder",
            })
    void placesOfRoutes(String to, String fault) throws IOException {
        String told = problems("[[route]]\ndomain = \"example.net\"\nsecret-file = \"mw.toml\"\nto = \"" + to + "\"")
                .getFirst()
                .toString();
        assertTrue(told.endsWith("; " + fault), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "role = \"mxx\" | 4 | listener.role | expected one of \"mx\", \"submission\", \"lmtp\", found \"mxx\"",
                "tls = \"ssl\" | 4 | listener.tls | expected one of \"none\", \"starttls\", \"implicit\", found"
                        + " \"ssl\"",
                "adress = \"x\" | 4 | listener.adress | expected a key of [[listener]], found \"adress\"; "
                        + "did you mean \"address\"?",
                "extensions = [\"SIZ\"] | 4 | listener.extensions | expected extensions that are installed "
                        + "(AUTH, SIZE, X-COLOUR), found \"SIZ\"; did you mean \"SIZE\"?",
            })
    void keysOfListeners(String line, int number, String key, String text) throws IOException {
        String role = line.startsWith("role") ? "" : "role = \"mx\"\n";
        assertProblem(
                "[[listener]]\nname = \"a\"\naddress = \"127.0.0.1:25\"\n" + line + "\n" + role, number, key, text);
    }

    @ParameterizedTest
    @CsvSource({"25", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:25", "[::1]", "a b:25", "[x]:25"})
    void addresses(String address) throws IOException {
        assertProblem(
                "[[listener]]\nname = \"a\"\nrole = \"mx\"\naddress = \"" + address + "\"",
                4,
                "listener.address",
                "expected an address and port such as \"127.0.0.1:2525\" or \"[::1]:2525\", found \"" + address + "\"");
    }

    @Test
    void anAddressThatNobodyKnows() throws IOException {
        assertProblem(
                "[[listener]]\nname = \"a\"\nrole = \"mx\"\naddress = \"host.invalid:25\"",
                4,
                "listener.address",
                "expected an address of this host, found \"host.invalid\"");
    }

    @Test
    void aListenerWithoutAnAddress() throws IOException {
        assertProblem(
                "\n[[listener]]\nname = \"a\"\nrole = \"mx\"",
                2,
                "listener.address",
                "expected an address and port such as \"127.0.0.1:2525\" or \"[::1]:2525\", found nothing");
    }

    @Test
    void twoListenersOfOneNameAndAddress() throws IOException {
        String one = "[[listener]]\nname = \"a\"\nrole = \"mx\"\naddress = \"127.0.0.1:25\"\n";
        List<ConfigProblem> problems = problems(one + one);
        assertEquals(
                List.of(
                        "6: listener.name: expected one that no other listener has, found \"a\" as in line 2",
                        "8: listener.address: expected one that no other listener has, "
                                + "found \"127.0.0.1:25\" as in line 4"),
                problems.stream().map(this::withoutFile).toList());
    }

    @Test
    void aCertificateWithoutItsKey() throws IOException {
        Path certificate = Files.writeString(folder.resolve("c.pem"), "");
        assertProblem(
                "[tls]\ncertificate = \"" + certificate + "\"",
                2,
                "tls.certificate",
                "expected \"key\" beside it, found none");
    }

    @Test
    void aKeyFileThatIsNotThere() throws IOException {
        Path certificate = Files.writeString(folder.resolve("c.pem"), "");
        assertEquals(
                List.of("3: tls.key: expected a file that can be read, found " + folder.resolve("k.pem")
                        + ", which is not there"),
                problems("[tls]\ncertificate = \"" + certificate.getFileName() + "\"\nkey = \"k.pem\"").stream()
                        .map(this::withoutFile)
                        .toList());
    }

    @Test
    void allThatIsWrongIsTold() throws IOException {
        List<ConfigProblem> problems = problems("hostname = 1\ndata = 2\nfoo = 3\n[limits]\nerrors = 0\nbar = 1\n");
        assertEquals(
                List.of(1, 2, 3, 5, 6),
                problems.stream().map(ConfigProblem::line).toList());
    }

    @Test
    void whatIsNoToml() throws IOException {
        List<ConfigProblem> problems = problems("hostname = \"a\"\ndata = = 3\n");
        assertEquals(1, problems.size());
        assertTrue(withoutFile(problems.getFirst()).startsWith("2: syntax: "), problems::toString);
    }

    @Test
    void aFileThatIsNotThere() {
        ConfigException failure =
                assertThrows(ConfigException.class, () -> ServerConfig.read(folder.resolve("none.toml"), INSTALLED));
        assertEquals(
                folder.resolve("none.toml") + ": file: expected a configuration file, found none",
                failure.getMessage());
    }

    @Test
    void aFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("mw.toml"), new byte[] {'#', (byte) 0xff});
        ConfigException failure = assertThrows(ConfigException.class, () -> ServerConfig.read(file, INSTALLED));
        assertEquals(file + ": file: expected UTF-8 text, found other octets", failure.getMessage());
    }

    private void assertProblem(String toml, int line, String key, String text) throws IOException {
        List<ConfigProblem> problems = problems(toml.replace('`', '"').replace("\\n", "\n"));
        assertEquals(
                List.of(line + ": " + key + ": " + text),
                problems.stream().map(this::withoutFile).toList());
    }

    private List<ConfigProblem> problems(String toml) throws IOException {
        Path file = Files.writeString(folder.resolve("mw.toml"), toml);
        return assertThrows(ConfigException.class, () -> ServerConfig.read(file, INSTALLED))
                .problems();
    }

    private String withoutFile(ConfigProblem problem) {
        String file = folder.resolve("mw.toml") + ":";
        assertTrue(problem.toString().startsWith(file), problem::toString);
        return problem.toString().substring(file.length());
    }
}
