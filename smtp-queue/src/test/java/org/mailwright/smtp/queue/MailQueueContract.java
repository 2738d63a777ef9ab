package org.mailwright.smtp.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;

/** What every {@link MailQueue} does. A subclass says how to open one, a second node of the same, and after a crash. */
public abstract class MailQueueContract {

    /** An attribute that survives. */
    protected static final AttributeKey<String> ENVID =
            AttributeKey.durable("ENVID", Scope.TRANSACTION, new AttributeKey.Codec<>(value -> value, value -> value));

    /** An attribute of a recipient that survives. */
    protected static final AttributeKey<String> ORCPT =
            AttributeKey.durable("ORCPT", Scope.RECIPIENT, new AttributeKey.Codec<>(value -> value, value -> value));

    /** What the queue under test must know. */
    protected static final DurableAttributes ATTRIBUTES = new DurableAttributes(List.of(ENVID, ORCPT));

    /** How long a lease lasts. */
    protected static final Duration LEASE = Duration.ofSeconds(60);

    private static final LaneName EXAMPLE = new LaneName("relay", "example.org");
    private static final LaneName OTHER = new LaneName("relay", "other.example");
    private static final Reply OK = Reply.of(250, "2.0.0", "Ok");
    private static final Reply LATER = Reply.of(451, "4.3.0", "Later");
    private static final Reply NO = Reply.of(550, "5.1.1", "No such user");

    private final AtomicInteger ids = new AtomicInteger();

    /** Opens the queue of a test, or another node on the same store: two nodes where the store allows, else one. */
    protected abstract MailQueue open() throws IOException;

    /** Tells whether more than one node can be open at the same time. */
    protected abstract boolean many();

    /** Ends a queue without any of what an orderly end does, as far as that can be done here, and opens it again. */
    protected abstract MailQueue reopen(MailQueue queue) throws IOException;

    /** Tells the time of the queue. */
    protected abstract Instant now();

    /** Lets time pass. */
    protected abstract void advance(Duration time) throws IOException;

    private Message message(String text) {
        return new Message(
                "Q" + ids.incrementAndGet(),
                ReversePath.parse("<sender@example.com>"),
                Attributes.EMPTY.with(ENVID, text),
                new Provenance("s1", "mx", "192.0.2.1", "client.example", Optional.of("alice")),
                now(),
                now().plus(Duration.ofDays(5)),
                0);
    }

    private NewDelivery to(String address, LaneName lane, Priority priority) {
        Recipient recipient =
                new Recipient(ForwardPath.parse("<" + address + ">"), Attributes.EMPTY.with(ORCPT, address));
        return new NewDelivery(recipient, lane, Optional.empty(), priority, now());
    }

    private NewDelivery to(String address) {
        return to(address, EXAMPLE, Priority.NORMAL);
    }

    private static void commit(MailQueue queue, Message message, byte[] content, NewDelivery... deliveries)
            throws IOException {
        MailWriter writer = queue.begin(message.id());
        for (int at = 0; at < content.length; at += 4096) {
            writer.write(ByteBuffer.wrap(content, at, Math.min(4096, content.length - at)));
        }
        assertEquals(content.length, writer.size());
        writer.commit(message.withSize(writer.size()), List.of(deliveries));
    }

    private Message commit(MailQueue queue, String text, NewDelivery... deliveries) throws IOException {
        Message message = message(text);
        commit(queue, message, octets(text), deliveries);
        return message;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LaneLease claimOne(MailQueue queue) throws IOException {
        List<LaneLease> leases = queue.claim(10);
        assertEquals(1, leases.size(), leases.toString());
        return leases.getFirst();
    }

    private static List<Delivery> next(MailQueue queue, LaneLease lease) throws IOException {
        return queue.next(lease, 100, Set.of());
    }

    private static byte[] content(MailQueue queue, Delivery delivery) throws IOException {
        try (InputStream in = queue.content(delivery.message()).open()) {
            return in.readAllBytes();
        }
    }

    private static List<String> recipients(List<Delivery> deliveries) {
        return deliveries.stream().map(d -> d.recipient().path().path()).toList();
    }

    private static void deliver(MailQueue queue, Delivery delivery) throws IOException {
        queue.settle(List.of(new Settlement.Delivered(delivery, OK)), List.of());
    }

    @Test
    void whatIsCommittedIsDeliveredOnce() throws IOException {
        try (MailQueue queue = open()) {
            Message message = commit(queue, "hello", to("a@example.org"), to("b@example.org"));
            LaneLease lease = claimOne(queue);
            assertEquals(EXAMPLE, lease.lane());
            assertTrue(queue.holds(lease));
            List<Delivery> deliveries = next(queue, lease);
            assertEquals(List.of("<a@example.org>", "<b@example.org>"), recipients(deliveries));
            Delivery first = deliveries.getFirst();
            assertEquals(message.withSize(5), first.message());
            assertEquals("<sender@example.com>", first.reversePath().path());
            assertEquals(
                    Optional.of("a@example.org"), first.recipient().attributes().get(ORCPT));
            assertEquals(0, first.attempts());
            assertEquals(Optional.empty(), first.last());
            assertFalse(first.delayReported());
            assertArrayEquals(octets("hello"), content(queue, first));
            assertArrayEquals(octets("hello"), content(queue, first));
            deliver(queue, first);
            assertEquals(List.of("<b@example.org>"), recipients(next(queue, lease)));
            deliver(queue, deliveries.get(1));
            assertEquals(List.of(), next(queue, lease));
            queue.release(lease, Optional.empty());
            assertEquals(List.of(), queue.claim(10));
            assertEquals(List.of(), queue.view().summary());
            deliver(queue, first);
        }
    }

    @Test
    void whatIsNotCommittedIsNotThere() throws IOException {
        try (MailQueue queue = open()) {
            MailWriter writer = queue.begin("Q77");
            writer.write(ByteBuffer.wrap(octets("gone")));
            assertEquals(List.of(), queue.claim(10));
            writer.abort();
            MailWriter large = queue.begin("Q78");
            large.write(ByteBuffer.wrap(new byte[1 << 20]));
            large.abort();
            assertEquals(List.of(), queue.claim(10));
            assertEquals(List.of(), queue.view().list(QueueView.Selection.ALL, 10));
        }
    }

    @Test
    void largeContentIsKept() throws IOException {
        byte[] large = new byte[3_000_001];
        new Random(7).nextBytes(large);
        MailQueue queue = open();
        commit(queue, message("large"), large, to("a@example.org"));
        queue = reopen(queue);
        try (MailQueue again = queue) {
            Delivery delivery = next(again, claimOne(again)).getFirst();
            assertEquals(large.length, delivery.message().size());
            assertTrue(Arrays.equals(large, content(again, delivery)), "same octets");
            deliver(again, delivery);
            assertEquals(List.of(), again.view().list(QueueView.Selection.ALL, 10));
        }
    }

    @Test
    void whatWasCommittedSurvivesACrashAndWhatWasSettledStaysSettled() throws IOException {
        MailQueue queue = open();
        commit(queue, "one", to("a@example.org"));
        commit(queue, "two", to("b@example.org"));
        List<Delivery> deliveries = next(queue, claimOne(queue));
        deliver(queue, deliveries.getFirst());
        queue.settle(List.of(new Settlement.Deferred(deliveries.get(1), LATER, now(), true)), List.of());
        queue = reopen(queue);
        advance(LEASE.plusSeconds(1));
        try (MailQueue again = queue) {
            List<Delivery> left = next(again, claimOne(again));
            assertEquals(List.of("<b@example.org>"), recipients(left));
            assertEquals(1, left.getFirst().attempts());
            assertEquals(Optional.of(LATER), left.getFirst().last());
            assertTrue(left.getFirst().delayReported());
            assertEquals(
                    Optional.of("two"), left.getFirst().message().attributes().get(ENVID));
            assertArrayEquals(octets("two"), content(again, left.getFirst()));
        }
    }

    @Test
    void aReportIsCommittedWithItsSettlement() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "bad", to("nobody@example.org"));
            Delivery delivery = next(queue, claimOne(queue)).getFirst();
            Message report = message("report").withSize(6);
            queue.settle(List.of(new Settlement.Failed(delivery, NO)), List.of(telling(report, delivery)));
            LaneLease lease = claimOne(queue);
            assertEquals(OTHER, lease.lane());
            Delivery told = next(queue, lease).getFirst();
            assertEquals(report, told.message());
            assertEquals(Priority.BULK, told.priority());
            assertArrayEquals(octets("report"), content(queue, told));
        }
    }

    private NewMail telling(Message report, Delivery... of) {
        return new NewMail(
                report,
                octets("report"),
                List.of(to("sender@example.com", OTHER, Priority.BULK)),
                Stream.of(of).map(Delivery::id).collect(Collectors.toSet()));
    }

    @Test
    void aReportThatIsRefusedTakesItsSettlementsWithIt() throws IOException {
        try (MailQueue queue = open()) {
            Message taken = commit(queue, "taken", to("other@other.example", OTHER, Priority.NORMAL));
            commit(queue, "bad", to("nobody@example.org"), to("late@example.org"));
            LaneLease lease = claim(queue, EXAMPLE);
            List<Delivery> both = next(queue, lease);
            List<Settlement> settlements = List.of(
                    new Settlement.Failed(both.get(0), NO),
                    new Settlement.Deferred(both.get(1), LATER, now().plus(Duration.ofHours(1)), true));
            NewMail good = telling(message("report").withSize(6), both.get(0));
            NewMail bad = telling(taken.withSize(6), both.get(1));
            assertThrows(IOException.class, () -> queue.settle(settlements, List.of(good, bad)));
            assertEquals(both, next(queue, lease), "nothing is settled");
            assertEquals(3, queue.view().list(QueueView.Selection.ALL, 10).size(), "and nothing is told");
            queue.settle(settlements, List.of(good));
            assertEquals(List.of(), next(queue, lease));
            assertEquals(3, queue.view().list(QueueView.Selection.ALL, 10).size());
        }
    }

    @Test
    void nobodyIsToldOfWhatSomebodyElseHasEnded() throws IOException {
        try (MailQueue queue = open()) {
            Message deleted = commit(queue, "deleted", to("a@example.org"));
            commit(queue, "settled", to("b@example.org"));
            commit(queue, "deferred", to("c@example.org"));
            LaneLease lease = claimOne(queue);
            List<Delivery> all = next(queue, lease);
            assertEquals(3, all.size());
            queue.view().delete(QueueView.Selection.message(deleted.id()));
            deliver(queue, all.get(1));
            Instant later = now().plus(Duration.ofHours(1));
            queue.settle(List.of(new Settlement.Deferred(all.get(2), LATER, later, false)), List.of());
            List<Settlement> tooLate = List.of(
                    new Settlement.Failed(all.get(0), NO),
                    new Settlement.Failed(all.get(1), NO),
                    new Settlement.Deferred(all.get(2), LATER, later, true));
            NewMail report = telling(message("report").withSize(6), all.toArray(new Delivery[0]));
            queue.settle(tooLate, List.of(report));
            assertEquals(List.of("<c@example.org>"), waiting(queue));
            Settlement failed = new Settlement.Failed(all.get(2), NO);
            queue.settle(List.of(tooLate.get(0), failed), List.of(report));
            assertEquals(List.of("<sender@example.com>"), waiting(queue), "one of them was settled");
            queue.settle(List.of(tooLate.get(0), failed), List.of(report));
            assertEquals(List.of("<sender@example.com>"), waiting(queue), "told once");
        }
    }

    private static List<String> waiting(MailQueue queue) throws IOException {
        return queue.view().list(QueueView.Selection.ALL, 10).stream()
                .map(entry -> entry.delivery().recipient().path().path())
                .toList();
    }

    @Test
    void aDeferredDeliveryWaitsAndCountsOnce() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "late", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            Delivery delivery = next(queue, lease).getFirst();
            Settlement deferred = new Settlement.Deferred(delivery, LATER, now().plus(Duration.ofMinutes(5)), false);
            queue.settle(List.of(deferred), List.of());
            queue.settle(List.of(deferred), List.of());
            assertEquals(List.of(), next(queue, lease));
            queue.release(lease, Optional.empty());
            assertEquals(List.of(), queue.claim(10));
            assertTrue(queue.nextDue().orElseThrow().isAfter(now()), "due later");
            advance(Duration.ofMinutes(6));
            Delivery again = next(queue, claimOne(queue)).getFirst();
            assertEquals(1, again.attempts());
        }
    }

    @Test
    void aLaneHasOneOwnerAtATime() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            assertEquals(List.of(), queue.claim(10));
            advance(LEASE.dividedBy(2));
            queue.renew();
            advance(LEASE.dividedBy(2).plusSeconds(1));
            assertEquals(List.of(), queue.claim(10));
            assertTrue(queue.holds(lease));
            commit(queue, "two", to("b@example.org"));
            assertEquals(List.of(), queue.claim(10));
            assertEquals(2, next(queue, lease).size());
            queue.release(lease, Optional.empty());
            LaneLease second = claimOne(queue);
            assertFalse(queue.holds(lease));
            queue.release(lease, Optional.empty());
            assertEquals(List.of(), queue.claim(10));
            assertTrue(queue.holds(second));
        }
    }

    @Test
    void aNodeThatDiesLosesItsLanes() throws IOException {
        if (!many()) {
            return;
        }
        try (MailQueue dead = open();
                MailQueue alive = open()) {
            commit(dead, "one", to("a@example.org"));
            LaneLease lost = claimOne(dead);
            assertEquals(List.of(), alive.claim(10));
            advance(LEASE.plusSeconds(1));
            assertFalse(dead.holds(lost));
            LaneLease taken = claimOne(alive);
            Delivery delivery = next(alive, taken).getFirst();
            deliver(dead, delivery);
            assertEquals(List.of(), next(alive, taken));
        }
    }

    @Test
    void freshMailDoesNotWakeADestinationThatRests() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            queue.release(lease, Optional.of(now().plus(Duration.ofMinutes(10))));
            commit(queue, "two", to("b@example.org"));
            assertEquals(List.of(), queue.claim(10));
            assertTrue(queue.view().summary().getFirst().notBefore().isPresent());
            advance(Duration.ofMinutes(11));
            assertEquals(2, next(queue, claimOne(queue)).size());
        }
    }

    @Test
    void nobodyStarves() throws IOException {
        try (MailQueue queue = open()) {
            for (int i = 0; i < 30; i++) {
                commit(queue, "b" + i, to("bulk@example.org", EXAMPLE, Priority.BULK));
                commit(queue, "n" + i, to("normal@example.org", EXAMPLE, Priority.NORMAL));
                commit(queue, "u" + i, to("urgent@example.org", EXAMPLE, Priority.URGENT));
            }
            List<Delivery> some = queue.next(claimOne(queue), 20, Set.of());
            assertEquals(20, some.size());
            long urgent =
                    some.stream().filter(d -> d.priority() == Priority.URGENT).count();
            long bulk = some.stream().filter(d -> d.priority() == Priority.BULK).count();
            assertTrue(urgent > 10 && bulk >= 1, urgent + " urgent, " + bulk + " bulk");
            assertTrue(urgent + bulk < 20, "some normal");
            assertEquals(Priority.URGENT, some.getFirst().priority());
        }
    }

    @Test
    void whatIsUnderWayIsNotReturnedAgain() throws IOException {
        try (MailQueue queue = open()) {
            for (int i = 0; i < 10; i++) {
                commit(queue, "m" + i, to("u" + i + "@example.org"));
            }
            LaneLease lease = claimOne(queue);
            Set<Long> under = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                List<Delivery> some = queue.next(lease, 2, under);
                assertEquals(2, some.size());
                some.forEach(d -> assertTrue(under.add(d.id()), "new"));
            }
            assertEquals(List.of(), queue.next(lease, 2, under));
        }
    }

    @Test
    void theOldestDueComesFirst() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "first", to("first@example.org"));
            commit(queue, "elsewhere", to("x@other.example", OTHER, Priority.NORMAL));
            advance(Duration.ofSeconds(5));
            commit(queue, "second", to("second@example.org"));
            List<LaneLease> one = queue.claim(1);
            assertEquals(1, one.size());
            assertEquals(2, 1 + queue.claim(10).size());
            if (one.getFirst().lane().equals(EXAMPLE)) {
                assertEquals(
                        List.of("<first@example.org>", "<second@example.org>"),
                        recipients(next(queue, one.getFirst())));
            }
        }
    }

    @Test
    void theListenerHearsAfterTheCommit() throws IOException {
        try (MailQueue queue = open()) {
            Set<LaneName> heard = ConcurrentHashMap.newKeySet();
            List<Integer> claimed = Collections.synchronizedList(new ArrayList<>());
            queue.listen(heard::addAll);
            commit(queue, "one", to("a@example.org"), to("b@other.example", OTHER, Priority.NORMAL));
            claimed.add(queue.claim(10).size());
            assertEquals(Set.of(EXAMPLE, OTHER), heard);
            assertEquals(List.of(2), claimed);
        }
    }

    @Test
    void deliveriesMoveToAnotherLaneUnlessTheirsIsLeased() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"), to("b@other.example", OTHER, Priority.NORMAL));
            QueueView view = queue.view();
            long first = view.list(QueueView.Selection.lane(EXAMPLE), 1)
                    .getFirst()
                    .delivery()
                    .id();
            LaneName elsewhere = new LaneName("smarthost", "smarthost");
            LaneLease other = claim(queue, OTHER);
            assertEquals(0, view.move(Map.of(next(queue, other).getFirst().id(), elsewhere)), "it is under way");
            queue.release(other, Optional.of(now().plus(Duration.ofHours(1))));
            LaneLease lease = claim(queue, EXAMPLE);
            queue.settle(
                    List.of(new Settlement.Deferred(
                            next(queue, lease).getFirst(), LATER, now().plus(Duration.ofHours(1)), false)),
                    List.of());
            queue.release(lease, Optional.empty());
            assertEquals(List.of(), queue.claim(10));
            assertEquals(1, view.move(Map.of(first, elsewhere, first + 1_000_000, elsewhere)));
            LaneLease moved = claimOne(queue);
            assertEquals(elsewhere, moved.lane());
            assertEquals(List.of("<a@example.org>"), recipients(next(queue, moved)));
            assertEquals(1, next(queue, moved).getFirst().attempts());
            assertEquals(0, view.list(QueueView.Selection.lane(EXAMPLE), 10).size());
        }
    }

    @Test
    void heldDeliveriesMoveAndScheduledOnesKeepTheirTime() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            QueueView view = queue.view();
            LaneName elsewhere = new LaneName("smarthost", "smarthost");
            Instant later = now().plus(Duration.ofHours(3));
            NewDelivery b = to("b@other.example", OTHER, Priority.NORMAL);
            commit(queue, "two", new NewDelivery(b.recipient(), OTHER, Optional.empty(), Priority.NORMAL, later));
            assertEquals(1, view.hold(QueueView.Selection.lane(EXAMPLE)));
            for (LaneLease lease : queue.claim(10)) {
                queue.release(lease, Optional.empty()); // nothing of it is to be tried
            }
            Map<Long, LaneName> moved = new HashMap<>();
            view.list(QueueView.Selection.ALL, 10)
                    .forEach(entry -> moved.put(entry.delivery().id(), elsewhere));
            assertEquals(2, view.move(moved));
            List<QueueView.Entry> entries = view.list(QueueView.Selection.lane(elsewhere), 10);
            assertTrue(entries.getFirst().held());
            assertEquals(later, entries.get(1).delivery().due());
        }
    }

    private static LaneLease claim(MailQueue queue, LaneName lane) throws IOException {
        List<LaneLease> all = queue.claim(10);
        for (LaneLease each : all) {
            if (!each.lane().equals(lane)) {
                queue.release(each, Optional.empty());
            }
        }
        return all.stream().filter(each -> each.lane().equals(lane)).findFirst().orElseThrow();
    }

    @Test
    void theOperatorSeesAndChanges() throws IOException {
        try (MailQueue queue = open()) {
            Message one = commit(queue, "one", to("a@example.org"), to("b@other.example", OTHER, Priority.NORMAL));
            Message two = commit(queue, "two", to("c@example.org"));
            QueueView view = queue.view();
            assertEquals(3, view.list(QueueView.Selection.ALL, 10).size());
            assertEquals(2, view.list(QueueView.Selection.ALL, 2).size());
            assertEquals(2, view.list(QueueView.Selection.message(one.id()), 10).size());
            assertEquals(2, view.list(QueueView.Selection.lane(EXAMPLE), 10).size());
            QueueView.Selection byRecipient = new QueueView.Selection(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("SENDER@example.com"),
                    Optional.of("C@example.org"));
            assertEquals(1, view.hold(byRecipient));
            assertEquals(1, view.held(QueueView.Selection.ALL));
            assertEquals(0, view.held(QueueView.Selection.message(one.id())));
            assertTrue(view.list(QueueView.Selection.message(two.id()), 10)
                    .getFirst()
                    .held());
            List<LaneSummary> summary = view.summary();
            assertEquals(EXAMPLE, summary.getFirst().lane());
            assertEquals(2, summary.getFirst().deliveries());
            assertEquals(1, summary.getFirst().held());
            assertEquals(2, summary.getFirst().ages().getFirst());
            advance(Duration.ofMinutes(6));
            Message three = commit(queue, "three", to("d@example.org"));
            assertEquals(
                    List.of(1L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                    view.summary().getFirst().ages());
            assertEquals(Map.of(three.id(), 1L), view.delete(QueueView.Selection.message(three.id())));
            LaneLease lease = queue.claim(10).stream()
                    .filter(each -> each.lane().equals(EXAMPLE))
                    .findFirst()
                    .orElseThrow();
            assertEquals(List.of("<a@example.org>"), recipients(next(queue, lease)));
            assertEquals(1, view.release(QueueView.Selection.message(two.id())));
            assertEquals(2, next(queue, lease).size());
            assertEquals(Map.of(one.id(), 2L), view.delete(QueueView.Selection.message(one.id())));
            assertEquals(List.of("<c@example.org>"), recipients(next(queue, lease)));
            Delivery last = next(queue, lease).getFirst();
            queue.settle(
                    List.of(new Settlement.Deferred(last, LATER, now().plus(Duration.ofHours(1)), false)), List.of());
            queue.release(lease, Optional.of(now().plus(Duration.ofMinutes(30))));
            assertEquals(1, view.summary().getFirst().deferred());
            assertEquals(1, view.flush(QueueView.Selection.lane(EXAMPLE)));
            assertEquals(1, next(queue, claimOne(queue)).size());
        }
    }

    @Test
    void whatIsDeletedAfterItWasFetchedDoesNotGoOut() throws IOException {
        try (MailQueue queue = open()) {
            Message mail = commit(queue, "one", to("a@example.org"));
            Delivery fetched = next(queue, claimOne(queue)).getFirst();
            assertEquals(Map.of(mail.id(), 1L), queue.view().delete(QueueView.Selection.message(mail.id())));
            assertThrows(IOException.class, () -> content(queue, fetched));
        }
    }

    @Test
    void whatWasTriedIsTriedAgainAndWhatIsForLaterStays() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "tried", to("a@example.org"));
            Message held = commit(queue, "held", to("b@example.org"));
            NewDelivery now = to("c@example.org");
            Instant hour = now().plus(Duration.ofHours(1));
            commit(
                    queue,
                    message("later"),
                    octets("later"),
                    new NewDelivery(now.recipient(), EXAMPLE, Optional.empty(), Priority.NORMAL, hour));
            LaneLease lease = claimOne(queue);
            List<Settlement> deferred = new ArrayList<>();
            for (Delivery delivery : next(queue, lease)) {
                deferred.add(new Settlement.Deferred(delivery, LATER, hour, false));
            }
            queue.settle(deferred, List.of());
            queue.release(lease, Optional.of(hour));
            QueueView view = queue.view();
            assertEquals(1, view.hold(QueueView.Selection.message(held.id())));
            assertEquals(1, view.retry(QueueView.Selection.lane(EXAMPLE)));
            LaneLease again = claimOne(queue);
            assertEquals(List.of("<a@example.org>"), recipients(next(queue, again)));
            assertEquals(0, view.retry(QueueView.Selection.lane(OTHER)));
        }
    }

    @Test
    void aLaneThatIsFlushedWhileItIsLeasedDoesNotRest() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            Instant later = now().plus(Duration.ofHours(1));
            queue.settle(
                    List.of(new Settlement.Deferred(next(queue, lease).getFirst(), LATER, later, false)), List.of());
            assertEquals(1, queue.view().flush(QueueView.Selection.ALL));
            queue.release(lease, Optional.of(later));
            LaneLease again = claimOne(queue);
            assertEquals(1, next(queue, again).size());
            // asked for once, it is done once
            queue.release(again, Optional.of(later));
            assertEquals(List.of(), queue.claim(10));
        }
    }

    @Test
    void whatIsFlushedWhileItIsUnderWayIsTriedOnceMore() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            Instant later = now().plus(Duration.ofHours(1));
            Delivery first = next(queue, lease).getFirst();
            assertEquals(0, queue.view().flush(QueueView.Selection.ALL), "it is due already");
            queue.settle(List.of(new Settlement.Deferred(first, LATER, later, true)), List.of());
            Delivery second = next(queue, lease).getFirst();
            assertEquals(1, second.attempts());
            assertEquals(Optional.of(LATER), second.last());
            assertTrue(second.delayReported());
            // asked for once, it is done once
            queue.settle(List.of(new Settlement.Deferred(second, LATER, later, true)), List.of());
            assertEquals(List.of(), next(queue, lease));
            assertEquals(
                    later,
                    queue.view()
                            .list(QueueView.Selection.ALL, 1)
                            .getFirst()
                            .delivery()
                            .due());
        }
    }

    @Test
    void aFlushIsKeptUntilTheLaneIsGivenBack() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"), to("b@example.org"));
            LaneLease lease = claimOne(queue);
            Instant later = now().plus(Duration.ofHours(1));
            List<Delivery> both = next(queue, lease);
            assertEquals(0, queue.view().flush(QueueView.Selection.lane(EXAMPLE)));
            deliver(queue, both.getFirst());
            queue.settle(List.of(new Settlement.Deferred(both.get(1), LATER, later, false)), List.of());
            queue.release(lease, Optional.of(later));
            LaneLease again = claimOne(queue);
            assertEquals(List.of("<b@example.org>"), recipients(next(queue, again)));
        }
    }

    @Test
    void whatIsFetchedAfterAFlushIsDeferredAsEver() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            LaneLease lease = claimOne(queue);
            queue.view().flush(QueueView.Selection.ALL);
            queue.view().flush(QueueView.Selection.ALL);
            Delivery delivery = next(queue, lease).getFirst();
            Instant later = now().plus(Duration.ofHours(1));
            queue.settle(List.of(new Settlement.Deferred(delivery, LATER, later, false)), List.of());
            assertEquals(List.of(), next(queue, lease));
        }
    }

    @Test
    void aRetryIsForWhatIsUnderWayForTheFirstTimeAsWell() throws IOException {
        try (MailQueue queue = open()) {
            Instant later = now().plus(Duration.ofHours(1));
            commit(queue, "one", to("a@example.org"));
            NewDelivery b = to("b@example.org");
            commit(queue, "two", new NewDelivery(b.recipient(), EXAMPLE, Optional.empty(), Priority.NORMAL, later));
            LaneLease lease = claimOne(queue);
            Delivery first = next(queue, lease).getFirst();
            assertEquals(0, queue.view().retry(QueueView.Selection.lane(EXAMPLE)));
            queue.settle(List.of(new Settlement.Deferred(first, LATER, later, false)), List.of());
            assertEquals(List.of("<a@example.org>"), recipients(next(queue, lease)));
        }
    }

    @Test
    void whatIsHeldWhileItIsUnderWayStaysSoAndIsDueWhenItIsReleased() throws IOException {
        try (MailQueue queue = open()) {
            Message held = commit(queue, "held", to("a@example.org"));
            Message released = commit(queue, "released", to("b@example.org"));
            Message deleted = commit(queue, "deleted", to("c@example.org"));
            LaneLease lease = claimOne(queue);
            Instant later = now().plus(Duration.ofHours(1));
            QueueView view = queue.view();
            List<Settlement> deferred = new ArrayList<>();
            next(queue, lease).forEach(each -> deferred.add(new Settlement.Deferred(each, LATER, later, false)));
            assertEquals(
                    2,
                    view.hold(QueueView.Selection.message(held.id()))
                            + view.hold(QueueView.Selection.message(released.id())));
            assertEquals(0, view.flush(QueueView.Selection.message(held.id())));
            assertEquals(1, view.release(QueueView.Selection.message(released.id())));
            assertEquals(Map.of(deleted.id(), 1L), view.delete(QueueView.Selection.message(deleted.id())));
            queue.settle(deferred, List.of());
            assertEquals(List.of("<b@example.org>"), recipients(next(queue, lease)));
            List<QueueView.Entry> left = view.list(QueueView.Selection.ALL, 10);
            assertEquals(2, left.size());
            assertTrue(left.getFirst().held());
            assertEquals(later, left.getFirst().delivery().due());
            assertEquals(1, view.release(QueueView.Selection.message(held.id())));
            assertEquals(
                    List.of("<a@example.org>", "<b@example.org>"),
                    recipients(next(queue, lease)).stream().sorted().toList());
        }
    }

    @Test
    void noFlushIsLostBesideSettlements() throws Exception {
        int deliveries = 60;
        try (MailQueue queue = open()) {
            for (int i = 0; i < deliveries; i++) {
                commit(queue, "m" + i, to("u" + i + "@example.org"));
            }
            LaneLease lease = claimOne(queue);
            Random random = new Random(11);
            for (int round = 0; round < 5; round++) {
                List<Delivery> all = new ArrayList<>(next(queue, lease));
                assertEquals(deliveries, all.size(), "due in round " + round);
                Collections.shuffle(all, random);
                Instant later = now().plus(Duration.ofHours(1));
                List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
                List<Thread> threads = new ArrayList<>();
                for (int from = 0; from < deliveries; from += 15) {
                    List<Settlement> some = all.subList(from, from + 15).stream()
                            .<Settlement>map(each -> new Settlement.Deferred(each, LATER, later, false))
                            .toList();
                    threads.add(Thread.startVirtualThread(() -> {
                        try {
                            queue.settle(some, List.of());
                        } catch (IOException | RuntimeException e) {
                            thrown.add(e);
                        }
                    }));
                }
                queue.view().flush(QueueView.Selection.lane(EXAMPLE));
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(List.of(), thrown);
            }
            assertEquals(deliveries, next(queue, lease).size());
        }
    }

    @Test
    void aHeldMailIsNotClaimed() throws IOException {
        try (MailQueue queue = open()) {
            commit(queue, "one", to("a@example.org"));
            assertEquals(1, queue.view().hold(QueueView.Selection.ALL));
            List<LaneLease> leases = queue.claim(10);
            for (LaneLease lease : leases) {
                assertEquals(List.of(), next(queue, lease));
                queue.release(lease, Optional.empty());
            }
            assertEquals(List.of(), queue.claim(10));
            assertEquals(1, queue.view().release(QueueView.Selection.ALL));
            assertEquals(1, next(queue, claimOne(queue)).size());
        }
    }

    @Test
    void noWakeUpIsLost() throws Exception {
        int writers = 3;
        int each = 100;
        int lanes = 20;
        Set<String> delivered = ConcurrentHashMap.newKeySet();
        AtomicInteger doubled = new AtomicInteger();
        try (MailQueue queue = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < each; i++) {
                        LaneName lane = new LaneName("relay", "lane" + (i * 7 + writer) % lanes + ".example");
                        try {
                            String address = "w" + writer + "n" + i + "@x.example";
                            commit(queue, writer + "/" + i, to(address, lane, Priority.NORMAL));
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }));
            }
            for (int c = 0; c < 2; c++) {
                threads.add(Thread.startVirtualThread(() -> {
                    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                    try {
                        while (delivered.size() < writers * each && System.nanoTime() < end) {
                            for (LaneLease lease : queue.claim(3)) {
                                for (Delivery delivery : queue.next(lease, 5, Set.of())) {
                                    if (!delivered.add(
                                            delivery.recipient().path().path())) {
                                        doubled.incrementAndGet();
                                    }
                                    deliver(queue, delivery);
                                }
                                queue.release(lease, Optional.empty());
                            }
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(writers * each, delivered.size());
            assertEquals(0, doubled.get());
            assertEquals(
                    List.of(),
                    queue.view().list(QueueView.Selection.ALL, 10).stream()
                            .map(QueueView.Entry::delivery)
                            .collect(Collectors.toList()));
        }
    }
}
