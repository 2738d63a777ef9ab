package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.distribution.config.ServerConfig;

class SendmailCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theListenerThatTrustsIsTheOneForPrograms() throws Exception {
        String mx = "[[listener]]\nname = \"%s\"\nrole = \"mx\"\naddress = \"%s\"\n%s\n";
        String trusts = "trusted = [\"127.0.0.1/32\"]";
        assertEquals("127.0.0.1:25", taking(mx.formatted("mx", "0.0.0.0:25", "")));
        assertEquals(
                "127.0.0.1:2526",
                taking(mx.formatted("mx", "[::]:25", "")
                        + mx.formatted("filtered", "127.0.0.1:2525", trusts + "\nfiltered = false")
                        + mx.formatted("programs", "127.0.0.1:2526", trusts)));
    }

    private String taking(String listeners) throws Exception {
        Path file = Files.writeString(folder.resolve("mw.toml"), listeners);
        return SendmailCommand.taking(ServerConfig.read(file, Set.of()).listeners())
                .orElseThrow()
                .toString();
    }

    @Test
    void aMailThatNamesNoSenderIsOfTheAccount() {
        assertEquals("ann", SendmailCommand.account(Map.of("USER", "ann", "LOGNAME", "joe"), "root"));
        assertEquals("joe", SendmailCommand.account(Map.of("LOGNAME", "joe"), "root"));
        assertEquals("root", SendmailCommand.account(Map.of("USER", ""), "root"));
        assertEquals("postmaster", SendmailCommand.account(Map.of(), "?"));
    }
}
