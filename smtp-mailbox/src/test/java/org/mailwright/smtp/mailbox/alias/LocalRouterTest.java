package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.Router;
import org.slf4j.LoggerFactory;

class LocalRouterTest {
    private static final String TABLE = """
        sales@example.test: alice, dora@shop.test, far@far.test
        info@example.test: Sales
        one@example.test: bob
        out@example.test: bob@far.test
        one+exact@example.test: carol
        two@example.test: bob, carol
        carol@example.test: carol, copy@far.test
        bob@example.test: bob
        twice@example.test: alice, ALICE+x, a@far.test, a@FAR.test, A@far.test, sales
        spam@example.test: :discard:
        ghost@example.test: nobody1
        ghosts@example.test: nobody1, alice
        refused@example.test: x@refused.test
        refuses@example.test: x@refused.test, alice
        list@example.test: alice, x@far.test, inner
        owner-list@example.test: bob
        inner@example.test: dora@shop.test, y@far.test
        inner2@example.test: dora@shop.test
        owner-inner2@example.test: carol
        outer2@example.test: inner2, alice
        owner-outer2@example.test: bob
        single@example.test: alice
        owner-single@example.test: bob
        loop1@example.test: loop2
        loop2@example.test: alice, loop1
        @shop.test: dora
        @old.test: @example.test
        named@old.test: dora@shop.test
        back@example.test: back@old.test
        @far.test: alice@example.test
        """;

    @TempDir
    private Path folder;

    private Router router(String table, AliasLimits limits) throws IOException {
        return new LocalRouter(
                Town.aliases(folder, table),
                Town.recipients(),
                Town.OWN,
                Forwards.NONE,
                limits,
                Redistribution.PLAIN,
                Town::relay);
    }

    private void assertWays(String address, String ways) throws IOException {
        assertEquals(ways, String.join("; ", Town.ways(router(TABLE, AliasLimits.DEFAULT), address)));
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.test, alice@example.test local>example.test kept",
        "Alice+x@EXAMPLE.test, Alice+x@EXAMPLE.test local>example.test kept",
        "nobody@example.test, 550 5.1.1",
        "x@elsewhere.test, x@elsewhere.test relay>elsewhere.test kept",
        "x@far.test, x@far.test relay>far.test kept",
        "x@refused.test, 550 5.7.1",
        "Postmaster, postmaster@example.test local>example.test kept",
        "postmaster@shop.test, postmaster@shop.test local>shop.test kept",
        "bob@[192.0.2.1], bob@example.test local>example.test kept",
        "nobody@[192.0.2.1], 550 5.1.1",
        "bob@[192.0.2.2], bob@[192.0.2.2] relay>[192.0.2.2] kept",
    })
    void withoutAliasesTheMailGoesWhereItIsAddressed(String address, String ways) throws IOException {
        assertWays(address, ways);
    }

    @ParameterizedTest
    @CsvSource({
        "one@example.test, bob@example.test local>example.test kept",
        "ONE@Example.Test, bob@example.test local>example.test kept",
        "out@example.test, bob@far.test relay>far.test kept",
        "two@example.test, bob@example.test local>example.test; carol@example.test local>example.test;"
                + " copy@far.test relay>far.test",
        "info@example.test, alice@example.test local>example.test; dora@shop.test local>shop.test;"
                + " far@far.test relay>far.test",
        "carol@example.test, carol@example.test local>example.test; copy@far.test relay>far.test",
        "spam@example.test, ''",
    })
    void anAliasIsWhatItStandsFor(String address, String ways) throws IOException {
        assertWays(address.strip(), ways.replaceAll("\\s+", " "));
    }

    @ParameterizedTest
    @CsvSource({
        "one+exact@example.test, carol@example.test local>example.test; copy@far.test relay>far.test",
        "one+News@example.test, bob+News@example.test local>example.test kept",
        "out+news@example.test, bob@far.test relay>far.test kept",
        "bob+news@example.test, bob+news@example.test local>example.test kept",
        "sales+news@example.test, alice@example.test local>example.test; dora@shop.test local>shop.test;"
                + " far@far.test relay>far.test",
    })
    void aDetailGoesOnToASingleLocalAddress(String address, String ways) throws IOException {
        assertWays(address, ways);
    }

    @ParameterizedTest
    @CsvSource({
        "dora@shop.test, dora@shop.test local>shop.test kept",
        "anybody@shop.test, dora@shop.test local>shop.test kept",
        "alice@old.test, alice@example.test local>example.test kept",
        "one+x@old.test, bob+x@example.test local>example.test kept",
        "named@old.test, dora@shop.test local>shop.test kept",
        "nobody@old.test, 550 5.1.1",
        "postmaster@old.test, postmaster@example.test local>example.test kept",
        "back@example.test, 550 5.1.1",
    })
    void wholeDomains(String address, String ways) throws IOException {
        assertWays(address, ways);
    }

    @Test
    void whatIsThrownAwayLeavesALine() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(Ways.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            assertWays("spam@example.test", "");
            assertWays("one@example.test", "bob@example.test local>example.test kept");
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
        assertEquals(
                List.of("<spam@example.test> thrown away, as its alias says"),
                lines.list.stream()
                        .map(line -> line.getFormattedMessage().replaceFirst("^mail \\S+ to ", ""))
                        .toList());
    }

    @Test
    void nobodyGetsItTwice() throws IOException {
        assertWays(
                "twice@example.test",
                "alice@example.test local>example.test; a@far.test relay>far.test; A@far.test relay>far.test;"
                        + " dora@shop.test local>shop.test; far@far.test relay>far.test");
    }

    @ParameterizedTest
    @CsvSource({
        "ghost@example.test, 550 5.1.1",
        "ghosts@example.test, nobody1@example.test local>example.test; alice@example.test local>example.test",
        "refused@example.test, 550 5.7.1",
        "refuses@example.test, x@refused.test local>refused.test; alice@example.test local>example.test",
    })
    void aMemberThatGetsNothingIsNotForgotten(String address, String ways) throws IOException {
        assertWays(address, ways);
    }

    @ParameterizedTest
    @CsvSource({
        "list@example.test, alice@example.test local>example.test <owner-list@example.test>; x@far.test"
                + " relay>far.test <owner-list@example.test>; dora@shop.test local>shop.test"
                + " <owner-list@example.test>; y@far.test relay>far.test <owner-list@example.test>",
        "outer2@example.test, dora@shop.test local>shop.test <owner-inner2@example.test>; alice@example.test"
                + " local>example.test <owner-outer2@example.test>",
        "single@example.test, alice@example.test local>example.test <owner-single@example.test>",
        "owner-list@example.test, bob@example.test local>example.test kept",
    })
    void theOwnerOfAListGetsTheReports(String address, String ways) throws IOException {
        assertWays(address, ways);
    }

    @Test
    void aReportToAListGivesReasonForNoOther() throws IOException {
        assertEquals(
                List.of("alice@example.test local>example.test"),
                Town.ways(router(TABLE, AliasLimits.DEFAULT), "<>", "single@example.test"));
    }

    @Test
    void thePostmasterMayBeAnAlias() throws IOException {
        String mine = "postmaster@example.test: bob\nalice@example.test: carol\n";
        assertEquals(
                List.of("bob@example.test local>example.test kept"),
                Town.ways(router(mine, AliasLimits.DEFAULT), "Postmaster"));
        assertEquals(
                List.of("carol@example.test local>example.test kept"),
                Town.ways(router(mine, AliasLimits.DEFAULT), "postmaster@shop.test"));
        String both = "alice@example.test: postmaster, bob\n";
        assertEquals(
                List.of("postmaster@example.test local>example.test", "bob@example.test local>example.test"),
                Town.ways(router(both, AliasLimits.DEFAULT), "Postmaster"));
    }

    @ParameterizedTest
    @CsvSource({"loop1@example.test", "loop2@example.test"})
    void anAliasThatLeadsBackToItselfIsRefused(String address) throws IOException {
        assertWays(address, "554 5.4.6");
    }

    @ParameterizedTest
    @CsvSource({
        "loop1@example.test, 554 5.4.6",
        "ghost@example.test, 550 5.1.1",
        "refused@example.test, 550 5.7.1",
        "nobody@example.test, 550 5.1.1"
    })
    void anAliasThatLeadsNowhereCostsOthersOfTheMailNothing(String address, String codes) throws Exception {
        Recipient lost = Town.recipient(address);
        Envelope alone = Town.envelope("<sender@far.test>", lost);
        Envelope both = new Envelope(
                alone.id(),
                alone.reversePath(),
                List.of(lost, Town.recipient("alice@example.test")),
                alone.attributes(),
                alone.origin());
        Router router = router(TABLE, AliasLimits.DEFAULT);
        List<Router.Route> routes = router.route(both, lost);
        assertEquals(List.of("alias>refused " + codes), lanes(routes));
        assertEquals(lost, routes.getFirst().recipient());
        assertEquals(
                List.of("local>example.test"),
                lanes(router.route(both, both.recipients().getLast())));
        DeliveryResult told =
                new AliasDeliverer().deliver(request(routes.getFirst().lane())).getFirst();
        assertTrue(told.outcome().isPermanent());
        assertEquals(
                codes + " The address leads in a circle, too far or to nobody",
                told.outcome().reply().toString());
    }

    private static List<String> lanes(List<Router.Route> routes) {
        return routes.stream().map(route -> route.lane().toString()).toList();
    }

    @Test
    void chainsAreBounded() throws IOException {
        String chain = IntStream.range(1, 10)
                .mapToObj(i -> "a" + i + "@example.test: a" + (i + 1))
                .collect(Collectors.joining("\n", "", "\na10@example.test: alice"));
        assertEquals(
                List.of("alice@example.test local>example.test kept"),
                Town.ways(router(chain, AliasLimits.DEFAULT), "a1@example.test"));
        assertEquals(List.of("554 5.4.6"), Town.ways(router(chain, new AliasLimits(9, 10)), "a1@example.test"));
    }

    @Test
    void crowdsAreBounded() throws IOException {
        String list = "list@example.test: a@far.test, b@far.test, c@far.test, a@far.test";
        assertEquals(
                3,
                Town.ways(router(list, new AliasLimits(1, 3)), "list@example.test")
                        .size());
        assertEquals(List.of("554 5.5.3"), Town.ways(router(list, new AliasLimits(1, 2)), "list@example.test"));
        assertThrows(IllegalArgumentException.class, () -> new AliasLimits(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new AliasLimits(1, 0));
    }

    /** Ten steps with ten ways each to the next step would be 10^10 ways, were any followed twice. */
    @Test
    void nothingIsFollowedTwice() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 9; step++) {
            for (int i = 0; i < 10; i++) {
                int next = step + 1;
                text.append(IntStream.range(0, 10)
                        .mapToObj(k -> "a" + next + "x" + k)
                        .collect(Collectors.joining(", ", "a" + step + "x" + i + "@example.test: ", "\n")));
            }
        }
        IntStream.range(0, 10).forEach(i -> text.append("a9x" + i + "@example.test: alice\n"));
        assertEquals(
                List.of("alice@example.test local>example.test kept"),
                Town.ways(router(text.toString(), AliasLimits.DEFAULT), "a0x0@example.test"));
    }

    private static final Redistribution REPORTED = new Redistribution() {
        @Override
        public boolean isReported(Recipient recipient) {
            return true;
        }

        @Override
        public Attributes toOne(Recipient recipient) {
            return Attributes.EMPTY.with(Town.NOTE, "one");
        }

        @Override
        public Attributes toEach(Recipient recipient) {
            return Attributes.EMPTY.with(Town.NOTE, "each");
        }
    };

    /** RFC 3461 §5.2.7. */
    @ParameterizedTest
    @CsvSource({
        "alice@example.test, alice@example.test local>example.test kept",
        "x@far.test, x@far.test relay>far.test kept",
        "one@example.test, bob@example.test local>example.test one",
        "two@example.test, bob@example.test local>example.test each; carol@example.test local>example.test each;"
                + " copy@far.test relay>far.test each; two@example.test alias>expanded kept",
        "single@example.test, alice@example.test local>example.test <owner-single@example.test>;"
                + " single@example.test alias>delivered kept",
        "spam@example.test, spam@example.test alias>delivered kept",
        "ghost@example.test, 550 5.1.1",
    })
    void aSenderHearsOfAliasesWhoAsksForIt(String address, String ways) throws IOException {
        Router router = new LocalRouter(
                Town.aliases(folder, TABLE),
                Town.recipients(),
                Town.OWN,
                Forwards.NONE,
                AliasLimits.DEFAULT,
                REPORTED,
                Town::relay);
        assertEquals(ways.replaceAll("\\s+", " "), String.join("; ", Town.ways(router, address)));
        assertFalse(String.join("; ", Town.ways(router, "<>", address)).contains("alias>"));
    }

    @Test
    void whatItHearsIsThatItArrived() {
        for (LaneName lane : List.of(AliasDeliverer.EXPANDED, AliasDeliverer.DELIVERED)) {
            List<DeliveryResult> results = new AliasDeliverer().deliver(request(lane));
            assertEquals(1, results.size());
            assertTrue(results.getFirst().outcome().isAccepted());
            assertEquals(lane.destination(), results.getFirst().action().name().toLowerCase(Locale.ROOT));
            assertEquals(Optional.empty(), results.getFirst().remoteMta());
        }
    }

    private static DeliveryRequest request(LaneName lane) {
        Message message = new Message(
                "m1",
                ReversePath.parse("<sender@far.test>"),
                Attributes.EMPTY,
                Provenance.local("test"),
                Instant.EPOCH,
                Instant.EPOCH,
                0);
        return new DeliveryRequest(
                message,
                lane,
                message.reversePath(),
                List.of(Town.recipient("two@example.test")),
                Body.of(new byte[0]),
                () -> true);
    }
}
