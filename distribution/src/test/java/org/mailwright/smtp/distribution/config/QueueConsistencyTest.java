package org.mailwright.smtp.distribution.config;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
