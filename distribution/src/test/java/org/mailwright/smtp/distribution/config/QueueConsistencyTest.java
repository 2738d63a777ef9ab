package org.mailwright.smtp.distribution.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fits key by key and not together, of queue, relay and routes: each rule, its line and its words. */
class QueueConsistencyTest {
    @TempDir
    private Path folder;

    private ConfigText config() throws IOException {
        return new ConfigText(folder).with("pw");
    }

    @Test
    void postgresNeedsADatabase() throws Exception {
        config().assertProblems(
                        "[queue]\nexpire = \"1d\"\nstore = \"postgres\"\n",
                        "3: queue.store: expected \"url\" beside it, found none");
    }

    @Test
    void aPasswordOfTheQueueNeedsAUser() throws Exception {
        config().assertProblems(
                        "[queue]\nstore = \"postgres\"\nurl = \"jdbc:postgresql://h/d\"\npassword-file = \"pw\"\n",
                        "4: queue.password-file: expected \"user\" beside it, found none");
    }

    @Test
    void userAndPasswordOfTheSmarthostGoTogether() throws Exception {
        config().assertProblems(
                        "[relay]\nsmarthost = \"[h.example]\"\nuser = \"me\"\n",
                        "3: relay.user: expected \"password-file\" beside it, found none");
        config().assertProblems(
                        "[relay]\nsmarthost = \"[h.example]\"\npassword-file = \"pw\"\n",
                        "3: relay.password-file: expected \"user\" beside it, found none");
    }

    @Test
    void thePasswordOfTheSmarthostIsThereAndGoesWithinTls() throws Exception {
        String host = "[relay]\nsmarthost = \"[h.example]\"\nuser = \"me\"\npassword-file = \"pw\"\n";
        config().assertProblems(
                        host + "tls = \"none\"\n",
                        "5: relay.tls: expected TLS, for the password of \"user\" is sent within TLS only, found"
                                + " \"none\"");
        Files.writeString(folder.resolve("empty"), "\nsecret\n");
        config().assertProblems(
                        host.replace("\"pw\"", "\"empty\""),
                        "4: relay.password-file: expected a password in the first line of " + folder.resolve("empty")
                                + ", found none");
    }

    @Test
    void implicitTlsHasASmarthost() throws Exception {
        config().assertProblems(
                        "[relay]\nimplicit-tls = true\n",
                        "2: relay.implicit-tls: expected \"smarthost\" beside it, found none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://h/d", "jdbc:mysql://h/d", "jdbc:postgresql://u:p@h/d", "jdbc:postgresql:d?password=p"})
    void aDatabaseIsOneOfPostgresWithoutAPassword(String url) throws Exception {
        config().assertProblems(
                        "[queue]\nstore = \"postgres\"\nurl = \"" + url + "\"\n",
                        "3: queue.url: expected a database such as \"jdbc:postgresql://HOST:PORT/NAME\", its user and"
                                + " password beside it, found \"" + url + "\"");
    }

    @Test
    void quotasNeedAQueue() throws Exception {
        config().assertProblems(
                        "[queue]\nstore = \"none\"\n[delivery]\nquota = \"1GiB\"\nquota-mails = 5\n",
                        "4: delivery.quota: expected a queue, found \"none\" in queue.store",
                        "5: delivery.quota-mails: expected a queue, found \"none\" in queue.store");
    }

    @Test
    void aNumberOfMailsHasNoUnit() throws Exception {
        config().assertProblems(
                        "[delivery]\nquota-mails = \"1kB\"\n",
                        "2: delivery.quota-mails: expected a whole number from 0, found \"1kB\"");
    }

    @Test
    void textsOfReportsAreRead() throws Exception {
        Path texts = Files.writeString(folder.resolve("texts"), "# words\n[faild.begin]\nOh\n");
        ConfigException e = assertThrows(ConfigException.class, () -> config().read("[reports]\ntexts = \"texts\"\n"));
        String told = String.valueOf(e.getMessage());
        assertTrue(told.contains(":2: reports.texts: " + texts + ":2: expected"), told);
    }

    @Test
    void whoLogsInHasASmarthost() throws Exception {
        config().assertProblems(
                        "[relay]\nuser = \"me\"\npassword-file = \"pw\"\n",
                        "2: relay.user: expected \"smarthost\" beside it, found none");
    }

    @ParameterizedTest
    @CsvSource({"queue, password-file", "relay, password-file", "relay, ca"})
    void filesThatAreNotThere(String table, String key) throws Exception {
        String beside = key.equals("ca") ? "" : "user = \"me\"\n";
        String more = table.equals("relay") ? "smarthost = \"[h.example]\"\n" : "";
        config().assertProblems(
                        "[" + table + "]\n" + key + " = \"gone\"\n" + beside + more,
                        "2: " + table + "." + key + ": expected a file that can be read, found "
                                + folder.resolve("gone") + ", which is not there");
    }

    @Test
    void aRouteSaysSomething() throws Exception {
        config().assertProblems(
                        "[[route]]\ndomain = \"a.example\"\nto = \"b.example\"\n[[route]]\ndomain = \"c.example\"\n",
                        "5: route.domain: expected \"to\", \"inbound\", \"tls\", \"concurrency\" or \"rate\" beside"
                                + " it, found none");
    }

    @Test
    void aDomainHasOneRoute() throws Exception {
        config().assertProblems(
                        "[[route]]\ndomain = \"a.example\"\nrate = 1\n[[route]]\ndomain = \"A.Example\"\nrate = 2\n",
                        "5: route.domain: expected one that no other route has, found \"a.example\" as in line 2");
    }

    @Test
    void mailThatWaitsHasAQueueAndSomebodyToFetchIt() throws Exception {
        config().assertProblems(
                        """
                        [domains]
                        local = ["here.example"]
                        [queue]
                        store = "none"
                        [[route]]
                        domain = "routed.example"
                        rate = 1
                        [[turn]]
                        domains = ["here.example", "Routed.example"]
                        """,
                        "9: turn.domains: expected domains whose mail does not end here, found \"here.example\"",
                        "9: turn.domains: expected domains without a route, found \"Routed.example\"",
                        "9: turn.domains: expected a queue, for their mail waits there, found \"none\" in queue.store",
                        "9: turn.domains: expected \"user\" or \"host\" beside it, found neither");
    }

    @Test
    void everyRuleThatIsBrokenIsToldInTheOrderOfTheFile() throws Exception {
        config().assertProblems(
                        """
                        [queue]
                        store = "postgres"
                        [relay]
                        user = "me"
                        [[route]]
                        domain = "a.example"
                        """,
                        "2: queue.store: expected \"url\" beside it, found none",
                        "4: relay.user: expected \"password-file\" beside it, found none",
                        "4: relay.user: expected \"smarthost\" beside it, found none",
                        "6: route.domain: expected \"to\", \"inbound\", \"tls\", \"concurrency\" or \"rate\" beside"
                                + " it, found none");
    }
}
