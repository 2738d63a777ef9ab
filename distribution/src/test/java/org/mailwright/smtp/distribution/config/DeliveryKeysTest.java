package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.lmtp.LmtpServer;
import org.mailwright.smtp.mailbox.quota.Quota;
import org.mailwright.smtp.mailbox.quota.WhenFull;

/** The keys of aliases, local delivery and reports. */
class DeliveryKeysTest {
    private static final String PIPE = "\"pipe:[\\\"/PROGRAM\\\", \\\"{user}\\\"]\"";

    @TempDir
    private Path folder;

    private ConfigText config() {
        return new ConfigText(folder);
    }

    @Test
    void whatHoldsWithoutAKey() throws Exception {
        ServerConfig config = config().read("");
        Path data = folder.resolve("var");
        assertEquals(
                new DeliveryConfig(
                        new LocalDelivery.Maildir(),
                        new PathTemplate(data, "mail/{domain}/{user}"),
                        new PathTemplate(data, "mbox/{domain}/{user}"),
                        Optional.empty(),
                        Optional.empty(),
                        Quota.NONE,
                        WhenFull.DEFER,
                        20),
                config.delivery());
        assertEquals(new ReportSettings(Optional.empty(), 50 << 10), config.reports());
    }

    @Test
    void everyKeyIsRead() throws Exception {
        ServerConfig config = config().with("aliases", "texts").read("""
            data = "/srv/mw"
            [aliases]
            file = "aliases"
            [delivery]
            local = "mbox"
            maildir = "{data}/Maildir/{user}"
            mbox = "box/{domain}/{user}"
            forward = "/home/{user}/.forward"
            quota = "1GiB"
            quota-mails = 1000
            when-full = "refuse"
            concurrency = 4
            [reports]
            texts = "texts"
            returned = "1MiB"
            """);
        assertEquals(
                new DeliveryConfig(
                        new LocalDelivery.Mbox(),
                        new PathTemplate(Path.of("/srv/mw"), "Maildir/{user}"),
                        new PathTemplate(folder, "box/{domain}/{user}"),
                        Optional.of(new PathTemplate(folder, "/home/{user}/.forward")),
                        Optional.of(folder.resolve("aliases")),
                        new Quota(1 << 30, 1000),
                        WhenFull.REFUSE,
                        4),
                config.delivery());
        assertEquals(
                Path.of("/home/alice/.forward"),
                config.delivery().forward().orElseThrow().resolve(new LocalMailbox("alice", "d")));
        assertEquals(new ReportSettings(Optional.of(folder.resolve("texts")), 1 << 20), config.reports());
    }

    @Test
    void everyFormOfLocalDelivery() throws Exception {
        assertEquals(new LocalDelivery.Maildir(), local("maildir"));
        assertEquals(new LocalDelivery.Mbox(), local("mbox"));
        assertEquals(new LocalDelivery.Discard(), local("discard"));
        assertEquals(new LocalDelivery.Lmtp(new LmtpServer.Tcp("127.0.0.1", 24)), local("lmtp:127.0.0.1:24"));
        assertEquals(new LocalDelivery.Lmtp(new LmtpServer.Tcp("::1", 24)), local("lmtp:[::1]:24"));
        assertEquals(
                new LocalDelivery.Lmtp(new LmtpServer.Unix(Path.of("/run/dovecot/lmtp"))),
                local("lmtp:/run/dovecot/lmtp"));
    }

    private LocalDelivery local(String written) throws Exception {
        return config().read("[delivery]\nlocal = \"" + written + "\"\n")
                .delivery()
                .local();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[delivery]\\nlocal = \"lmtp:24\" | delivery.local | expected one of \"maildir\", \"mbox\", "
                        + "\"lmtp:HOST:PORT\", \"lmtp:/PATH\", " + PIPE
                        + " or \"discard\", found \"lmtp:24\"; expected HOST:PORT "
                        + "or /PATH, found 24",
                "[delivery]\\nmbox = \"mail\" | delivery.mbox "
                        + "| expected a path with {user}, and perhaps {domain} and {data}, found \"mail\"",
                "[delivery]\\nforward = \"f/{name}\" | delivery.forward "
                        + "| expected a path with {user}, and perhaps {domain} and {data}, found \"f/{name}\"",
                "[delivery]\\nquota = -1 | delivery.quota | expected a size such as \"50MiB\" or a number of octets, "
                        + "from 0 to 9223372036854775807, found -1",
                "[delivery]\\nwhen-full = \"drop\" | delivery.when-full "
                        + "| expected one of \"defer\", \"refuse\", found \"drop\"",
                "[delivery]\\nconcurrency = 0 | delivery.concurrency "
                        + "| expected a whole number from 1 to 10000, found 0",
                "[reports]\\nreturned = \"17MiB\" | reports.returned | expected a size such as \"50MiB\" or a number "
                        + "of octets, from 0 to 16MiB, found \"17MiB\"",
                "[aliases]\\nfile = \"\" | aliases.file | expected the path of a file or folder, found \"\"",
            })
    void valuesThatAreNone(String toml, String key, String text) throws Exception {
        config().assertProblems(toml.replace("\\n", "\n"), "2: " + key + ": " + text);
    }

    @ParameterizedTest
    @CsvSource({"aliases, file", "reports, texts"})
    void filesThatAreNotThere(String table, String key) throws Exception {
        config().assertProblems(
                        "\n[" + table + "]\n" + key + " = \"f\"\n",
                        "3: " + table + "." + key + ": expected a file that can be read, found " + folder.resolve("f")
                                + ", which is not there");
    }

    @ParameterizedTest
    @CsvSource({"aliases, file", "reports, texts"})
    void aFolderIsNoFile(String table, String key) throws Exception {
        config().assertProblems(
                        "[" + table + "]\n" + key + " = \".\"\n",
                        "2: " + table + "." + key + ": expected a file that can be read, found " + folder
                                + ", a folder");
    }
}
