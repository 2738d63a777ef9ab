package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.distribution.control.ReloadOutcome;
import org.mailwright.smtp.distribution.control.WaitingMail;
import org.mailwright.smtp.queue.LaneName;
import org.slf4j.LoggerFactory;

@Timeout(60)
class QueueCommandTest {
    private static final String CONTENT = "Subject: \u001b[31mgr\u00fc\u00df\r\n\r\n.\r\ntext\r\n";

    @TempDir
    private Path folder;

    private WaitingMail mail;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("mw.toml"), "data = \"store\"\n");
        mail = WaitingMail.in(folder.resolve("store"));
        mail.add("A1", "alice@example.com", CONTENT, "bob@example.org", "carol@example.net");
        mail.clock.advance(Duration.ofHours(3));
        mail.defer(Reply.of(451, "4.3.0", "Off"));
        mail.add("B2", "", "x".repeat(123_456), "\"a>b\"@example.org");
        mail.clock.advance(Duration.ofMinutes(7));
        mail.add("C3", "Alice@Example.COM", "small\r\n", "dave@example.org");
    }

    @AfterEach
    void end() throws IOException {
        mail.close();
    }

    private Run run(String... arguments) {
        return new TestTerminal(folder).run("", arguments);
    }

    private Run queue(String line) {
        String[] words = ("queue " + line + " --config mw.toml").split(" ");
        return run(words);
    }

    private String out(String line) {
        Run run = queue(line);
        assertEquals("", run.err());
        assertEquals(ExitStatus.OK, run.status());
        return run.out();
    }

    @Test
    void aListIsATable() {
        assertEquals("""
            MAIL    AGE    SIZE  TRIES  NEXT  LANE               FROM                 TO                   LAST REPLY
            A1    3h 7m    33 B      1   now  relay>example.org  <alice@example.com>  <bob@example.org>    451 4.3.0 Off
            A1    3h 7m    33 B      1   now  relay>example.net  <alice@example.com>  <carol@example.net>  451 4.3.0 Off
            B2       7m  123 kB      0   now  relay>example.org  <>                   <"a>b"@example.org>
            C3       0s     7 B      0   now  relay>example.org  <Alice@Example.COM>  <dave@example.org>
            4 deliveries
            """, out("list"));
        assertEquals("0 deliveries\n", out("list --mail none"));
    }

    @Test
    void sendmailShowsTheQueueAsMailqDoes() throws IOException {
        assertEquals(ExitStatus.OK, queue("hold C3").status());
        Run shown = run("sendmail", "-bp", "-C", "mw.toml");
        assertEquals("", shown.err());
        assertEquals(ExitStatus.OK, shown.status());
        String time = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb) [ 0-3][0-9] [0-9:]{8}";
        assertEquals(
                """
                -Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------
                A1                      33 TIME  alice@example.com
                REPLY(451 4.3.0 Off)
                ADDRESSbob@example.org
                ADDRESScarol@example.net

                B2                  123456 TIME  MAILER-DAEMON
                ADDRESS"a>b"@example.org

                C3!                      7 TIME  Alice@Example.COM
                ADDRESSdave@example.org

                -- 120 Kbytes in 3 Requests.
                """.replace("ADDRESS", " ".repeat(48)).replace("REPLY", " ".repeat(60)),
                shown.out().replaceAll(time, "TIME"));
        out("delete --all");
        assertEquals(
                "Mail queue is empty\n", run("sendmail", "-bp", "-C", "mw.toml").out());
    }

    @Test
    void sendmailTriesWhatIsInTheQueue() throws IOException {
        assertTrue(out("list --mail A1").contains("  now  "));
        mail.defer(Reply.of(451, "4.3.0", "Off"));
        assertFalse(out("list").contains("  now  "), () -> out("list"));
        assertEquals(
                ExitStatus.OK,
                run("sendmail", "-qRexample.net", "-C", "mw.toml").status());
        assertTrue(out("list --lane example.net").contains("  now  "));
        assertFalse(out("list --lane example.org").contains("  now  "));
        assertEquals(ExitStatus.OK, run("sendmail", "-q", "--config", "mw.toml").status());
        assertTrue(out("list --lane example.org").contains("  now  "));
        mail.add(mail.clock.instant().plusSeconds(3600), "D4", "alice@example.com", "later\r\n", "erin@example.org");
        assertEquals(ExitStatus.OK, run("sendmail", "-q", "-C", "mw.toml").status());
        assertEquals(
                ExitStatus.OK,
                run("sendmail", "-qRexample.org", "-C", "mw.toml").status());
        assertFalse(out("list --mail D4").contains("  now  "), "its sender wants it in an hour");
        assertEquals(ExitStatus.OK, run("sendmail", "-qID4", "-C", "mw.toml").status());
        assertTrue(out("list --mail D4").contains("  now  "), "it was named");
        Run unknown = run("sendmail", "-qInone", "-C", "mw.toml");
        assertEquals(ExitStatus.NO_INPUT, unknown.status());
    }

    @Test
    void sendmailNeedsAServerForItsQueue() throws IOException {
        Files.writeString(folder.resolve("other.toml"), "data = \"other\"\n");
        Run nobody = run("sendmail", "-bp", "-C", "other.toml");
        assertEquals(ExitStatus.UNAVAILABLE, nobody.status());
        assertTrue(nobody.err().startsWith("mailwright sendmail -bp: no server is running"), nobody::err);
    }

    @Test
    void aListIsJsonToo() {
        String json = out("list --mail A1 --recipient <BOB@example.org> --json");
        assertTrue(json.startsWith("[\n{\"id\":"), json);
        assertTrue(json.endsWith("}\n]\n"), json);
        assertTrue(json.replaceFirst("\"id\":\"\\d+", "\"id\":\"1").contains("""
            {"id":"1","recipient":"bob@example.org","lane":"relay>example.org","priority":"normal","attempts":1,\
            "due":"2030-01-31T15:01:00Z","wait":0,"held":false,"last":"451 4.3.0 Off","message":"A1",\
            "sender":"alice@example.com","size":33,"accepted":"2030-01-31T12:00:00Z","age":11220}
            """.strip()), json);
        assertEquals("[]\n", out("list --lane nowhere.example --json"));
    }

    @Test
    void selectionsAreOfAllThatIsGiven() {
        assertTrue(out("list --sender alice@example.com").endsWith("3 deliveries\n"));
        assertTrue(out("list --sender alice@example.com --lane example.org").endsWith("2 deliveries\n"));
        assertTrue(out("list --sender alice@example.com --lane relay>example.net --mail C3")
                .endsWith("0 deliveries\n"));
        assertTrue(out("list --recipient \"a>b\"@example.org").endsWith("1 delivery\n"));
        Run none = run("queue", "list", "--sender", "", "--config", "mw.toml");
        assertTrue(none.out().endsWith("1 delivery\n"), none::out);
    }

    @Test
    void aLimitIsALimit() {
        Run run = queue("list --limit 2");
        assertTrue(run.out().endsWith("2 deliveries\n"), run::out);
        assertEquals("there are more; --limit or a selection reaches them\n", run.err());
        assertEquals(ExitStatus.OK, run.status());
    }

    @Test
    void aSummaryIsByLaneAndAge() {
        mail.clock.advance(Duration.ofDays(2));
        out("hold C3");
        assertEquals("""
            LANE               T  5  10  20  40  80  160  320  640  1280  1280+  HELD  DEFERRED  OLDEST  STATE
            TOTAL              4  0   0   0   0   0    0    0    0     0      4     1         2   2d 3h
            relay>example.org  3  0   0   0   0   0    0    0    0     0      3     1         1   2d 3h
            relay>example.net  1  0   0   0   0   0    0    0    0     0      1     0         1   2d 3h
            """, out("summary"));
        out("delete --all");
        assertEquals("nothing waits\n", out("summary"));
        assertEquals("[]\n", out("summary --json"));
    }

    @Test
    void aSummaryIsJsonToo() {
        String json = out("summary --json");
        assertTrue(
                json.startsWith("[\n{\"lane\":\"relay>example.org\",\"deliveries\":3,\"held\":0,\"deferred\":1,"),
                json);
        assertTrue(json.contains("\"ages\":[1,1,0,0,0,0,1,0,0,0]"), json);
    }

    @Test
    void oneMailIsShown() {
        assertEquals("""
            mail          A1
            from          <alice@example.com>
            parameters    ENVID=e1
            size          33 B (33 octets)
            accepted      2030-01-31T12:00:00Z, 3h 7m ago
            given up      2030-02-05T12:00:00Z, in 4d 20h
            came by       submissions
            session       s1
            client        192.0.2.1, as client.example
            logged in     alice
            to            <bob@example.org>
              lane        relay>example.org
              attempts    1
              next        now
              last reply  451 4.3.0 Off
            to            <carol@example.net>
              lane        relay>example.net
              attempts    1
              next        now
              last reply  451 4.3.0 Off
            """, out("show A1"));
    }

    @Test
    void oneMailIsShownAsJson() {
        String json = out("show A1 --json");
        assertTrue(json.startsWith("{\"message\":\"A1\",\"sender\":\"alice@example.com\",\"size\":33,"), json);
        assertTrue(json.contains("\"provenance\":{\"listener\":\"submissions\",\"session\":\"s1\""), json);
        assertTrue(json.contains(",\"deliveries\":[\n{\"id\":"), json);
        assertTrue(json.endsWith("}\n]}\n"), json);
    }

    @Test
    void theMailItselfIsPrinted() {
        String out = out("show A1 --content");
        assertTrue(out.endsWith("Off\n\n" + CONTENT), out);
        assertTrue(out("show B2 --content").endsWith("\n\n" + "x".repeat(123_456)));
    }

    @Test
    void aPersonsTerminalIsLeftAlone() {
        Run run = new TestTerminal(folder, "typed").run("", "queue", "show", "A1", "--content", "--config", "mw.toml");
        assertTrue(run.out().endsWith("\nSubject: \\x1b[31mgr\u00fc\u00df\n\n.\ntext\n"), run::out);
    }

    @Test
    void whatComesFromOutsideMovesNoCursor() throws IOException {
        mail.defer(Reply.of(550, "right \u202e to left"));
        assertTrue(out("list --mail C3").contains("550 right \\u202e to left"));
        assertTrue(out("show C3").contains("550 right \\u202e to left"));
        assertTrue(out("list --mail C3 --json").contains("550 right \\u202e to left"));
    }

    @Test
    void heldMailWaitsUntilItIsReleased() throws IOException {
        assertEquals("2 deliveries held\n", out("hold A1"));
        assertEquals("0 deliveries held\n", out("hold A1"));
        assertTrue(out("list --mail A1").contains("  held  relay>"));
        assertTrue(out("list --mail A1 --json").contains("\"held\":true"));
        assertTrue(out("show A1").contains("next        held\n"));
        assertEquals(List.of("<\"a>b\"@example.org>", "<dave@example.org>"), mail.due());
        assertEquals("{\"released\":1}\n", out("release --recipient carol@example.net --json"));
        assertEquals("1 delivery released\n", out("release --all"));
        assertEquals(4, mail.due().size());
    }

    @Test
    void deletedMailIsGone() throws IOException {
        assertEquals("1 delivery deleted\n", out("delete --mail A1 --lane example.net"));
        assertEquals("2 deliveries deleted\n", out("delete --sender alice@example.com"));
        assertEquals(List.of("<\"a>b\"@example.org>"), mail.due());
        assertEquals("1 delivery deleted\n", out("delete --all"));
        assertEquals("0 deliveries\n", out("list"));
    }

    @Test
    void aFlushSaysWhatIsHeld() throws IOException {
        mail.defer(Reply.of(451, "Later"));
        out("hold C3");
        assertEquals("0 deliveries flushed; 1 is held and left, until `queue release`\n", out("flush --mail C3"));
        out("hold --all");
        assertEquals("{\"flushed\":0,\"held\":4}\n", out("flush --json"));
        assertEquals(
                "0 deliveries flushed; 3 are held and left, until `queue release`\n", out("flush --lane example.org"));
        out("release --all");
        assertEquals("0 deliveries flushed\n", out("flush"));
    }

    @Test
    void requeuedMailWaitsWhereItGoesNow() throws IOException {
        mail.defer(Reply.of(451, "Later"));
        mail.ways = delivery -> delivery.lane().destination().equals("example.org")
                ? Optional.of(new LaneName("smarthost", "smarthost"))
                : Optional.empty();
        assertEquals("1 delivery requeued; 1 stays as it is: under way, or without one new way\n", out("requeue A1"));
        assertEquals(List.of("<bob@example.org>"), mail.due());
        out("hold C3");
        assertEquals("{\"requeued\":2,\"left\":0}\n", out("requeue --lane example.org --json"));
        assertTrue(out("list --mail C3").contains("  held  smarthost>smarthost  "));
        assertEquals(2, mail.due().size());
        assertEquals(ExitStatus.NO_INPUT, queue("requeue none").status());
        assertEquals(ExitStatus.USAGE, queue("requeue").status());
    }

    @Test
    void whatIsDeletedIsInTheLog() {
        Logger log = (Logger) LoggerFactory.getLogger("org.mailwright.smtp.delivery");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        Level before = log.getEffectiveLevel();
        log.setLevel(Level.INFO);
        try {
            out("delete --sender alice@example.com");
        } finally {
            log.setLevel(before);
            log.detachAppender(lines);
        }
        assertEquals(
                List.of("mail A1 deleted by the operator, 2 deliveries", "mail C3 deleted by the operator, 1 delivery"),
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void flushedMailIsDue() throws IOException {
        mail.defer(Reply.of(451, "Later"));
        assertTrue(out("list").contains("  1m  relay>"));
        assertTrue(out("show A1").contains("next        2030-01-31T15:08:00Z, in 1m\n"));
        assertEquals(List.of(), mail.due());
        assertEquals("1 delivery flushed\n", out("flush relay>example.net"));
        assertEquals(List.of("<carol@example.net>"), mail.due());
        assertEquals("1 delivery flushed\n", out("flush --mail C3"));
        assertEquals("2 deliveries flushed\n", out("flush"));
        assertEquals(4, mail.due().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"show no-such-id", "hold no-such-id", "release X9", "delete --mail X9", "show X9 --json"})
    void anUnknownIdIsStatus66(String line) {
        Run run = queue(line);
        assertEquals(ExitStatus.NO_INPUT, run.status());
        assertTrue(run.err().contains(": no mail in the queue has the id "), run::err);
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hold",
                "release",
                "delete",
                "delete --all A1",
                "hold A1 --mail B2",
                "show",
                "show A1 B2",
                "list --limit 0",
                "list --limit x",
                "list A1",
                "flush --lane a example.org",
                "flush No>x",
                "show A1 --json --content",
                "frob",
                "list --frob"
            })
    void aWrongCommandLineIsStatus64(String line) throws IOException {
        Run run = queue(line);
        assertEquals(ExitStatus.USAGE, run.status(), run::err);
        assertFalse(run.err().isEmpty());
        assertEquals(4, mail.due().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "summary", "hold", "release", "delete", "requeue", "flush"})
    void eachHasHelp(String action) {
        Run run = run("queue", action, "--help");
        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().contains("mailwright queue " + action), run::out);
    }

    @Test
    void withoutAServerTheWayToStartOneIsTold() throws IOException {
        mail.close();
        for (String command : List.of("queue list", "reload")) {
            Run run = run((command + " --config mw.toml").split(" "));
            assertEquals(ExitStatus.UNAVAILABLE, run.status());
            assertEquals(
                    "mailwright " + command + ": no server is running with the data folder " + folder.resolve("store")
                            + "; start it with `mailwright serve --config mw.toml`\n",
                    run.err());
        }
        mail = WaitingMail.in(folder.resolve("store"));
    }

    @Test
    void aReloadTellsItsOutcome() {
        Run run = run("reload", "--config", "mw.toml");
        assertEquals("reloaded\n", run.out());
        assertEquals(ExitStatus.OK, run.status());
        mail.reload.set(new ReloadOutcome(false, "mw.toml:1: data: wrong\nmw.toml:2: \u001b"));
        run = run("reload", "--config", "mw.toml");
        assertEquals("mw.toml:1: data: wrong\nmw.toml:2: \\x1b\n", run.err());
        assertEquals(ExitStatus.CONFIG, run.status());
        assertEquals("", run.out());
    }
}
