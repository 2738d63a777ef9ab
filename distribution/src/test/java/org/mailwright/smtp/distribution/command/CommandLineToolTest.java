package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineToolTest {
    @TempDir
    private Path folder;

    @Test
    void withoutACommandTheCommandsAreTold() {
        Run run = run("");
        assertEquals(ExitStatus.USAGE, run.status());
        for (CommandName name : CommandName.values()) {
            assertTrue(run.err().contains("  " + name.written() + " "), name::written);
        }
    }

    @ParameterizedTest
    @EnumSource(CommandName.class)
    void everyCommandHasHelp(CommandName name) {
        for (Run run : new Run[] {run("", name.written(), "--help"), run("", "help", name.written())}) {
            assertEquals(ExitStatus.OK, run.status(), run::err);
            assertTrue(run.out().contains("mailwright " + name.written()), run::out);
            assertEquals("", run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"frob", "serve --frob", "serve --config", "check-config x", "user", "user frob", "user add"})
    void aWrongCommandLineIsStatus64(String line) {
        Run run = run("", line.split(" "));
        assertEquals(ExitStatus.USAGE, run.status());
        assertFalse(run.err().isEmpty());
    }

    @Test
    void thePrintedDefaultsPassTheCheck() throws IOException {
        Run printed = run("", "print-defaults");
        assertEquals(ExitStatus.OK, printed.status());
        Files.writeString(folder.resolve("mw.toml"), printed.out());
        Run checked = run("", "check-config", "--config", "mw.toml");
        assertEquals("mw.toml: all is well\n", checked.out());
        assertEquals(ExitStatus.OK, checked.status());
    }

    @Test
    void theShippedConfigurationPassesTheCheck() throws IOException {
        Files.copy(Path.of("src/dist/conf/mailwright.toml"), folder.resolve("mw.toml"));
        Run checked = run("", "check-config", "--config", "mw.toml");
        assertEquals("mw.toml: all is well\n", checked.out(), checked::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-config", "serve", "user list", "extensions"})
    void aWrongConfigurationIsStatus78(String command) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), "data = 3\n[limits]\nrecipents = 200\n");
        Run run = run("", (command + " --config mw.toml").split(" "));
        assertEquals(ExitStatus.CONFIG, run.status());
        String file = folder.resolve("mw.toml").toString();
        assertEquals(
                file + ":1: data: expected the path of a file or folder, found 3\n" + file
                        + ":3: limits.recipents: expected a key of [limits], found \"recipents\"; "
                        + "did you mean \"recipients\"?\n",
                run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-config", "serve"})
    void aKeyThatIsNoneIsStatus78(String command) throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), "no key");
        Files.writeString(folder.resolve("mw.toml"), "[tls]\ncertificate = \"key.pem\"\nkey = \"key.pem\"\n");
        Run run = run("", command, "--config", "mw.toml");
        assertEquals(ExitStatus.CONFIG, run.status());
        assertEquals("mw.toml: tls: " + key + ": expected PEM, found other data\n", run.err());
    }

    @Test
    void aPlugInThatCannotBeUsedIsStatus78() throws IOException {
        Files.createDirectories(folder.resolve("home/lib/ext"));
        Files.writeString(folder.resolve("home/lib/ext/broken.jar"), "no jar");
        Files.createDirectory(folder.resolve("home/lib/ext/empty"));
        Run run = new TestTerminal(folder).run("", "extensions");
        assertEquals(ExitStatus.CONFIG, run.status());
        assertTrue(run.err().contains("lib/ext/empty: expected jars in it, found none"), run::err);
    }

    @Test
    void usersAreAddedChangedAndRemoved() {
        assertEquals(
                0, run("first password\n", "user", "add", "Alice@LocalHost").status());
        assertEquals("alice@localhost\n", run("", "user", "list").out());
        Run again = run("x\n", "user", "add", "alice@localhost");
        assertEquals(ExitStatus.DATA, again.status());
        assertEquals("alice@localhost is a user already; `mailwright user passwd` changes the password\n", again.err());
        assertEquals(0, run("second\n", "user", "passwd", "alice@localhost").status());
        assertEquals(0, run("", "user", "remove", "alice@localhost").status());
        assertEquals("", run("", "user", "list").out());
        assertEquals(
                ExitStatus.NO_USER, run("", "user", "remove", "alice@localhost").status());
        assertEquals(
                ExitStatus.NO_USER,
                run("x\n", "user", "passwd", "alice@localhost").status());
    }

    @Test
    void passwordsAreNotInTheFile() throws IOException {
        run("sesame-17\n", "user", "add", "alice@localhost");
        assertFalse(Files.readString(folder.resolve("var/users.toml")).contains("sesame"));
    }

    @Test
    void aPersonTypesThePasswordTwice() {
        TestTerminal same = new TestTerminal(folder, "one", "one");
        assertEquals(0, same.run("", "user", "add", "alice@localhost").status());
        TestTerminal different = new TestTerminal(folder, "one", "two");
        Run run = different.run("", "user", "add", "bob@localhost");
        assertEquals(ExitStatus.DATA, run.status());
        assertEquals("alice@localhost\n", run("", "user", "list").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@", "@localhost", "alice@local host", "alice@localhost\nbob@localhost"})
    void whatIsNoAddressIsNoUser(String address) {
        Run run = run("x\n", "user", "add", address);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.err().startsWith("expected an address such as alice@example.test, found "), run::err);
    }

    @Test
    void noPasswordIsNoUser() {
        assertEquals(ExitStatus.DATA, run("", "user", "add", "alice@localhost").status());
        assertEquals(
                ExitStatus.DATA, run("\n", "user", "add", "alice@localhost").status());
        assertEquals("", run("", "user", "list").out());
    }

    @Test
    void whoGetsNoMailHereIsTold() {
        Run run = run("x\n", "user", "add", "alice@elsewhere.test");
        assertEquals(0, run.status());
        assertTrue(run.err().contains("elsewhere.test is not in domains.local"), run::err);
    }

    @Test
    void theVersionIsTold() {
        assertTrue(run("", "version").out().startsWith("mailwright "));
        assertTrue(run("", "--version").out().startsWith("mailwright "));
    }

    @Test
    void theExtensionsOfEachListenerAreTold() throws IOException {
        Files.writeString(folder.resolve("mw.toml"), """
            [[listener]]
            name = "six"
            role = "submission"
            address = "[::1]:2587"
            extensions = ["AUTH", "STARTTLS"]
            """);
        String out = run("", "extensions", "--config", "mw.toml").out();
        assertTrue(out.contains("listener six (submission): AUTH STARTTLS\n"), out);
        assertTrue(
                out.lines().anyMatch(line -> line.matches("STARTTLS +Mailwright +keywords STARTTLS; verbs STARTTLS")),
                out);
        assertFalse(Files.exists(folder.resolve("var")), "looking writes nothing");
    }

    private Run run(String in, String... arguments) {
        return new TestTerminal(folder).run(in, arguments);
    }
}
