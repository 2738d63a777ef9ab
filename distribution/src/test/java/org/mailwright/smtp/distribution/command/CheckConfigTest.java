package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.distribution.assembly.Installed;

/** What is wrong with a configuration only once a server is made of it. */
class CheckConfigTest {
    @TempDir
    private Path folder;

    private Run check(String toml) throws IOException {
        Files.writeString(folder.resolve("mw.toml"), toml);
        return new TestTerminal(folder).run("", "check-config", "--config", "mw.toml");
    }

    private void assertWrong(String toml, String told) throws IOException {
        Run run = check(toml);
        assertEquals(told + "\n", run.err());
        assertEquals(ExitStatus.CONFIG, run.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mbox", "lmtp:127.0.0.1:24", "lmtp:/run/dovecot/lmtp"})
    void deliveryThatNeedsAQueue(String local) throws IOException {
        String form = local.startsWith("lmtp") ? "lmtp" : local;
        assertWrong(
                "[queue]\nstore = \"none\"\n[delivery]\nlocal = \"" + local + "\"\n",
                "mw.toml: queue.store: expected a queue, for delivery.local is " + form + ", found \"none\"");
    }

    @Test
    void aliasesThatNeedAQueue() throws IOException {
        Files.writeString(folder.resolve("aliases"), "a@localhost: b\n");
        assertWrong(
                "[queue]\nstore = \"none\"\n[aliases]\nfile = \"aliases\"\n",
                "mw.toml: aliases.file: expected a queue, for aliases need one, found \"none\"");
    }

    @Test
    void aliasesThatAreNoneNameFileAndLine() throws IOException {
        Path aliases = Files.writeString(folder.resolve("aliases"), "# first\na line without a colon\n");
        assertWrong(
                "[aliases]\nfile = \"aliases\"\n",
                "mw.toml: aliases.file: " + aliases + ":2: expected an address and a colon, such as "
                        + "sales@example.org: alice, found \"a line without a colon\"");
    }

    @Test
    void anAliasInACircleNamesFileAndLine() throws IOException {
        Path aliases = Files.writeString(
                folder.resolve("aliases"), "a@localhost: :discard:\nb@localhost: c\nc@localhost: b\n");
        assertWrong(
                "[aliases]\nfile = \"aliases\"\n",
                "mw.toml: aliases.file: " + aliases + ":2: expected an alias that leads to somebody, found "
                        + "\"b@localhost\": the alias leads back to itself");
    }

    @Test
    void aKeyOfAnExtensionNamesItsLine() throws IOException {
        assertWrong(
                "\n[extension.DELIVERBY]\n\nleast = \"soon\"\n",
                "mw.toml:4: extension.DELIVERBY.least: expected a duration such as \"30s\", \"5m\" or \"1h\", "
                        + "found \"soon\"");
    }

    @Test
    void thePrintedDefaultsAreWell() throws IOException {
        String printed = new TestTerminal(folder).run("", "print-defaults").out();
        assertTrue(printed.contains("\n[extension.DELIVERBY]\n"), printed);
        assertTrue(printed.contains("\n[extension.MT-PRIORITY]\n"), printed);
        assertTrue(printed.contains("\n[extension.LIMITS]\n"), printed);
        Run run = check(printed);
        assertEquals("mw.toml: all is well\n", run.out() + run.err());
    }

    /** Each says itself which keys it has when it is given another. */
    @Test
    void thePrintedDefaultsHaveEveryKeyOfEveryExtension() throws Exception {
        String printed = new TestTerminal(folder).run("", "print-defaults").out();
        Set<String> seen = new TreeSet<>();
        for (String id : Installed.find(Optional.of(folder)).ids()) {
            String told = check("[extension." + id + "]\nnone-such = 1\n").err();
            int keys = told.indexOf("unknown key; expected ");
            if (keys >= 0 && !told.contains("no keys here")) {
                seen.add(id);
                int table = printed.indexOf("[extension." + id + "]\n");
                for (String key : told.substring(keys + "unknown key; expected ".length())
                        .strip()
                        .split(", ", -1)) {
                    assertTrue(table >= 0 && printed.indexOf(key + " = ", table) > 0, id + " has " + key);
                }
            }
        }
        assertTrue(seen.containsAll(Set.of("DELIVERBY", "LIMITS", "MT-PRIORITY")), seen::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "memory", "none"})
    void aCheckOpensNoQueue(String store) throws IOException {
        assertEquals(
                "mw.toml: all is well\n",
                check("[queue]\nstore = \"" + store + "\"\n").out());
        assertFalse(Files.exists(folder.resolve("var")), "checking writes nothing");
    }
}
