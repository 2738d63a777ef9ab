package org.mailwright.smtp.queue.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.QueueView;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.queue.Settlement;
import org.mailwright.smtp.queue.memory.MemoryMailQueue;
import org.mailwright.smtp.queue.report.DsnReporter;
import org.mailwright.smtp.queue.report.ReportConfig;
import org.mailwright.smtp.queue.report.ReportRequests;
import org.mailwright.smtp.queue.report.ReportTexts;

@Timeout(60)
class QueueRunnerTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final DeliveryResult TAKEN =
            DeliveryResult.local(new Outcome.Accepted(Reply.of(250, "2.0.0", "Taken")));
    private static final DeliveryResult BUSY =
            DeliveryResult.local(new Outcome.Refused(Reply.of(450, "4.2.0", "Busy"), Moment.RCPT));
    private static final DeliveryResult UNKNOWN =
            DeliveryResult.local(new Outcome.Refused(Reply.of(550, "5.1.1", "Unknown"), Moment.RCPT));
    private static final DeliveryResult AWAY =
            DeliveryResult.local(new Outcome.Failed(Reply.of(451, "4.4.1", "Nobody answers"), Moment.CONNECT));
    private static final RetryPlan QUICK = new RetryPlan(List.of(Duration.ofMillis(30)), 0, Duration.ZERO);

    private final MemoryMailQueue queue = new MemoryMailQueue(Duration.ofSeconds(10), 1 << 30, CLOCK);
    private final AtomicInteger ids = new AtomicInteger();
    private final List<QueueRunner> runners = new ArrayList<>();
    private final LinkedBlockingQueue<Reporter.Told> told = new LinkedBlockingQueue<>();

    private final Reporter reporter = (message, content, recipients) -> {
        told.addAll(recipients);
        return List.of();
    };

    @AfterEach
    void stop() throws InterruptedException {
        for (QueueRunner runner : runners) {
            runner.stop(Duration.ofSeconds(10));
        }
        queue.close();
    }

    private QueueRunner run(Deliverer deliverer, LanePolicy policy, RetryPlan plan, Reporter tells) {
        return run(queue, deliverer, policy, plan, tells);
    }

    private QueueRunner run(MailQueue from, Deliverer deliverer) {
        return run(from, deliverer, LanePolicy.DEFAULT, QUICK, reporter);
    }

    private QueueRunner run(MailQueue from, Deliverer deliverer, LanePolicy policy, RetryPlan plan, Reporter tells) {
        QueueRunner runner = new QueueRunner(
                from,
                List.of(Pool.of("relay", deliverer, policy)),
                tells,
                QueueRunnerConfig.DEFAULT.withRetry(plan).withLinger(Duration.ofMillis(50)),
                CLOCK,
                new Random(7));
        runners.add(runner);
        runner.start();
        return runner;
    }

    private QueueRunner run(Deliverer deliverer) {
        return run(deliverer, LanePolicy.DEFAULT, QUICK, reporter);
    }

    private void send(String domain, Priority priority, Duration lifetime, String... users) throws IOException {
        String id = "Q" + ids.incrementAndGet();
        MailWriter writer = queue.begin(id);
        writer.write(ByteBuffer.wrap("Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII)));
        Instant now = CLOCK.instant();
        Message message = new Message(
                id,
                ReversePath.parse("<s@example.com>"),
                Attributes.EMPTY,
                Provenance.local("test"),
                now,
                now.plus(lifetime),
                writer.size());
        List<NewDelivery> deliveries = new ArrayList<>();
        for (String user : users) {
            deliveries.add(new NewDelivery(
                    Recipient.of(ForwardPath.parse("<" + user + "@" + domain + ">")),
                    new LaneName("relay", domain),
                    Optional.empty(),
                    priority,
                    now));
        }
        writer.commit(message, deliveries);
    }

    private void send(String domain, String... users) throws IOException {
        send(domain, Priority.NORMAL, Duration.ofDays(5), users);
    }

    private void awaitEmpty() throws IOException {
        while (!queue.view().list(QueueView.Selection.ALL, 1).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static List<DeliveryResult> all(DeliveryRequest request, DeliveryResult result) {
        return DeliveryResult.all(request, result);
    }

    @Test
    void eachRecipientIsDeliveredOnceAndMailsOfOneTransactionTogether() throws Exception {
        LinkedBlockingQueue<DeliveryRequest> seen = new LinkedBlockingQueue<>();
        send("a.example", "one", "two", "three");
        run(request -> {
            seen.add(request);
            return all(request, TAKEN);
        });
        for (int i = 0; i < 200; i++) {
            send(i % 2 == 0 ? "a.example" : "b.example", "u" + i);
        }
        awaitEmpty();
        assertEquals(201, seen.size());
        assertEquals(
                203,
                seen.stream()
                        .flatMap(request -> request.recipients().stream())
                        .map(recipient -> recipient.path().path())
                        .distinct()
                        .count());
        assertEquals(203, told.size());
    }

    @Test
    void whatIsDeferredIsTriedAgainAndNobodyElseWaits() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        run(request -> request.recipients().stream()
                .map(recipient ->
                        recipient.path().path().contains("busy") && tries.incrementAndGet() < 4 ? BUSY : TAKEN)
                .toList());
        send("a.example", "busy", "free");
        awaitEmpty();
        assertEquals(4, tries.get());
        assertEquals(
                List.of(Reporter.Kind.SUCCEEDED, Reporter.Kind.SUCCEEDED),
                told.stream().map(Reporter.Told::kind).toList());
    }

    @Test
    void whatIsRefusedIsGivenUpAndTold() throws Exception {
        run(request -> all(request, UNKNOWN));
        send("a.example", "nobody");
        awaitEmpty();
        Reporter.Told one = told.take();
        assertEquals(Reporter.Kind.FAILED, one.kind());
        assertEquals("550 5.1.1 Unknown", one.result().outcome().reply().toString());
    }

    @Test
    void aMailThatExpiresIsGivenUpAndItsSenderHearsBeforeThatItIsLate() throws Exception {
        run(
                request -> all(request, BUSY),
                LanePolicy.DEFAULT,
                new RetryPlan(List.of(Duration.ofMillis(40)), 0, Duration.ofMillis(60)),
                reporter);
        send("a.example", Priority.NORMAL, Duration.ofMillis(300), "busy");
        awaitEmpty();
        assertEquals(
                List.of(Reporter.Kind.DELAYED, Reporter.Kind.FAILED),
                told.stream().map(Reporter.Told::kind).toList());
    }

    @Test
    void whoSaysWhenAMailIsLateHearsOfItThenAndItGoesOn() throws Exception {
        Instant late = CLOCK.instant().plusMillis(150);
        AtomicInteger tries = new AtomicInteger();
        Reporter asked = new Reporter() {
            @Override
            public Optional<Instant> late(Message message) {
                return Optional.of(late);
            }

            @Override
            public List<NewMail> report(Message message, Body content, List<Told> recipients) throws IOException {
                return reporter.report(message, content, recipients);
            }
        };
        run(
                request -> all(request, tries.incrementAndGet() < 3 ? BUSY : TAKEN),
                LanePolicy.DEFAULT,
                new RetryPlan(List.of(Duration.ofHours(1), Duration.ofMillis(1)), 0, Duration.ofHours(1)),
                asked);
        send("a.example", "busy");
        Reporter.Told one = told.take();
        assertEquals(Reporter.Kind.DELAYED, one.kind());
        assertFalse(CLOCK.instant().isBefore(late), "not before it is late, though it is not due for an hour");
        assertEquals(Reporter.Kind.SUCCEEDED, told.take().kind());
        awaitEmpty();
        assertEquals(3, tries.get());
    }

    @Test
    void aDestinationThatIsOutOfOrderRestsAndOthersDoNotNotice() throws Exception {
        AtomicInteger dead = new AtomicInteger();
        CountDownLatch live = new CountDownLatch(100);
        run(
                request -> {
                    if (request.lane().destination().equals("dead.example")) {
                        dead.incrementAndGet();
                        return all(request, AWAY);
                    }
                    live.countDown();
                    return all(request, TAKEN);
                },
                LanePolicy.DEFAULT,
                new RetryPlan(List.of(Duration.ofHours(1)), 0, Duration.ZERO),
                reporter);
        for (int i = 0; i < 100; i++) {
            send("dead.example", "u" + i);
            send("live.example", "u" + i);
        }
        live.await();
        while (queue.view().summary().stream()
                .noneMatch(lane -> lane.notBefore().isPresent())) {
            Thread.onSpinWait();
        }
        assertTrue(dead.get() <= 2 * LanePolicy.DEFAULT.initialConcurrency(), dead + " attempts");
        send("dead.example", "fresh");
        assertTrue(queue.claim(10).stream()
                .noneMatch(lease -> lease.lane().destination().equals("dead.example")));
    }

    @Test
    void manyDestinationsThatDoNotAnswerLeaveRoomForOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch live = new CountDownLatch(2);
        AtomicInteger silent = new AtomicInteger();
        Deliverer relay = request -> {
            if (request.lane().destination().startsWith("dead")) {
                silent.incrementAndGet();
                end.await();
                return all(request, AWAY);
            }
            live.countDown();
            return all(request, TAKEN);
        };
        QueueRunner runner = new QueueRunner(
                queue,
                List.of(Pool.of("relay", relay, LanePolicy.DEFAULT)),
                reporter,
                QueueRunnerConfig.DEFAULT.withRetry(QUICK).withBounds(20, 80).withPoll(Duration.ofMillis(50)),
                CLOCK,
                new Random(7));
        runners.add(runner);
        for (int i = 0; i < 100; i++) {
            send("dead" + i % 25 + ".example", "u" + i);
        }
        runner.start();
        while (silent.get() < 25) { // more than there may be lanes at a time
            Thread.onSpinWait();
        }
        send("live.example", "u");
        send("other.example", "u");
        live.await();
        assertTrue(silent.get() <= 40, silent + " of 80 wait for answers");
        end.countDown();
    }

    @Test
    void aMailThatExpiresBehindADeadDestinationIsGivenUp() throws Exception {
        run(
                request -> all(request, AWAY),
                new LanePolicy(1, 1, 0, 1),
                new RetryPlan(List.of(Duration.ofMillis(50)), 0, Duration.ZERO),
                reporter);
        for (int i = 0; i < 20; i++) {
            send("dead.example", Priority.NORMAL, Duration.ofMillis(200), "u" + i);
        }
        awaitEmpty();
        assertEquals(20, told.size());
        assertTrue(told.stream().allMatch(one -> one.kind() == Reporter.Kind.FAILED), "all failed");
    }

    @Test
    void aLaneIsNoFasterThanItsRate() throws Exception {
        long began = System.nanoTime();
        run(request -> all(request, TAKEN), new LanePolicy(20, 20, 50, 100), QUICK, reporter);
        for (int i = 0; i < 100; i++) {
            send("a.example", "u" + i);
        }
        awaitEmpty();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(millis >= 900, millis + " ms for 100 mails of which 50 may go at once, and 50 in a second");
    }

    @Test
    void aDelivererThatBreaksIsATransientFailure() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        run(request -> switch (tries.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("an author's mistake");
            case 2 -> List.of();
            case 3 -> throw new AssertionError("another");
            default -> all(request, TAKEN);
        });
        send("a.example", "u");
        awaitEmpty();
        assertEquals(4, tries.get());
    }

    @Test
    void whoGoesOnWithTheNextMailLeavesNoneOutAndRepeatsNone() throws Exception {
        for (int i = 0; i < 500; i++) {
            send("a.example", "u" + i);
        }
        ConcurrentHashMap<String, Integer> tries = new ConcurrentHashMap<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Deliverer deliverer = request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            tries.merge(request.message().id(), 1, Integer::sum);
            Thread.onSpinWait();
            now.decrementAndGet();
            return all(request, TAKEN);
        };
        run(deliverer, new LanePolicy(3, 1, 0, 100), QUICK, reporter);
        awaitEmpty();
        assertEquals(500, tries.size());
        assertEquals(Set.of(1), Set.copyOf(tries.values()));
        assertTrue(most.get() <= 3, most + " at the same time");
    }

    @Test
    void settlementsInQuickSuccessionGoInFewCommits() throws Exception {
        for (int i = 0; i < 500; i++) {
            send("a.example", "u" + i);
        }
        AtomicInteger commits = new AtomicInteger();
        long began = System.nanoTime();
        run(new Breaking(queue, new AtomicInteger(1), commits), request -> all(request, TAKEN));
        awaitEmpty();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(commits.get() <= 2 + millis / 20, commits + " commits in " + millis + " ms");
    }

    /** The same, but the first time that deliveries are read something is thrown that nobody expects. */
    private record Breaking(MailQueue queue, AtomicInteger reads, AtomicInteger commits) implements MailQueue {
        @Override
        public List<Delivery> next(LaneLease lease, int most, Set<Long> except) throws IOException {
            if (reads.incrementAndGet() == 1) {
                throw new AssertionError("a mistake of the store");
            }
            return queue.next(lease, most, except);
        }

        @Override
        public MailWriter begin(String id) throws IOException {
            return queue.begin(id);
        }

        @Override
        public List<LaneLease> claim(int most) throws IOException {
            return queue.claim(most);
        }

        @Override
        public Body content(Message message) {
            return queue.content(message);
        }

        @Override
        public void settle(List<Settlement> settlements, List<NewMail> reports) throws IOException {
            commits.incrementAndGet();
            queue.settle(settlements, reports);
        }

        @Override
        public void renew() throws IOException {
            queue.renew();
        }

        @Override
        public boolean holds(LaneLease lease) {
            return queue.holds(lease);
        }

        @Override
        public void release(LaneLease lease, Optional<Instant> notBefore) throws IOException {
            queue.release(lease, notBefore);
        }

        @Override
        public void listen(Listener listener) {
            queue.listen(listener);
        }

        @Override
        public Optional<String> pressure() {
            return queue.pressure();
        }

        @Override
        public QueueView view() {
            return queue.view();
        }

        @Override
        public Optional<Instant> nextDue() throws IOException {
            return queue.nextDue();
        }

        @Override
        public void close() throws IOException {
            queue.close();
        }
    }

    @Test
    void aLaneThatCannotBeReadRestsAndIsReadAgain() throws Exception {
        send("a.example", "u");
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        run(new Breaking(queue, reads, new AtomicInteger()), request -> {
            tries.incrementAndGet();
            return all(request, TAKEN);
        });
        while (queue.view().summary().stream()
                .noneMatch(lane -> lane.notBefore().isPresent())) {
            Thread.onSpinWait();
        }
        assertEquals(1, reads.get());
        assertEquals(0, tries.get());
        queue.view().flush(QueueView.Selection.ALL);
        awaitEmpty();
        assertEquals(1, tries.get());
    }

    /** The same, but no content can be read. */
    private static MailQueue damaged(MailQueue queue) {
        return (MailQueue) Proxy.newProxyInstance(
                MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("content") && arguments[0] instanceof Message message) {
                        return message.reversePath() instanceof NullPath
                                ? queue.content(message)
                                : Body.of(OptionalLong.empty(), () -> {
                                    throw new IOException("a damaged record");
                                });
                    }
                    return method.invoke(queue, arguments);
                });
    }

    @Test
    void aMailThatCannotBeReadIsTriedUntilItExpiresAndItsSenderIsTold() throws Exception {
        LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        Reporter writes = new DsnReporter(
                ReportConfig.of("mx.example.net"),
                ReportTexts.usual(),
                ReportRequests.USUAL,
                (envelope, recipient) -> List.of(new Router.Route(
                        recipient, new LaneName("relay", "example.com"), Optional.empty(), Priority.NORMAL)),
                () -> "R" + ids.incrementAndGet(),
                Clock.systemUTC());
        run(
                damaged(queue),
                request -> {
                    byte[] content = request.content().memory().orElseThrow().octets();
                    arrived.add(request.recipients().getFirst().path().path() + " "
                            + new String(content, StandardCharsets.UTF_8));
                    return all(request, TAKEN);
                },
                LanePolicy.DEFAULT,
                QUICK,
                writes);
        Instant sent = CLOCK.instant();
        send("a.example", Priority.NORMAL, Duration.ofMillis(200), "u");
        String report = arrived.take();
        assertFalse(CLOCK.instant().isBefore(sent.plusMillis(200)), "told before it has expired");
        awaitEmpty();
        assertTrue(report.startsWith("<s@example.com> "), report);
        assertTrue(report.contains("Your mail itself is not in this report"), report);
        assertEquals(0, arrived.size());
    }

    @Test
    void whatCannotBeReportedIsNotGivenUp() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        run(
                request -> {
                    tries.incrementAndGet();
                    return all(request, UNKNOWN);
                },
                LanePolicy.DEFAULT,
                QUICK,
                (message, content, recipients) -> {
                    if (reports.incrementAndGet() < 3) {
                        throw new IOException("no report now");
                    }
                    return List.of();
                });
        send("a.example", "nobody");
        awaitEmpty();
        assertEquals(3, tries.get());
    }

    @Test
    void aStopLetsFinishWhatIsUnderWayAndGivesTheLaneBack() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        QueueRunner runner = run(
                request -> {
                    under.countDown();
                    go.await();
                    delivered.add(request.recipients().getFirst().path().path());
                    return all(request, TAKEN);
                },
                new LanePolicy(1, 1, 0, 1),
                QUICK,
                reporter);
        send("a.example", "first", "second");
        under.await();
        Thread stopping = Thread.startVirtualThread(() -> {
            try {
                runner.stop(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        runners.clear();
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        stopping.join();
        assertEquals(List.of("<first@a.example>"), delivered);
        List<QueueView.Entry> left = queue.view().list(QueueView.Selection.ALL, 10);
        assertEquals(1, left.size());
        assertEquals(0, left.getFirst().delivery().attempts());
        assertFalse(queue.claim(10).isEmpty(), "the lane is free");
    }

    @Test
    void whatTakesTooLongToStopIsGivenUp() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        QueueRunner runner = run(request -> {
            under.countDown();
            new CountDownLatch(1).await();
            return all(request, TAKEN);
        });
        send("a.example", "u");
        under.await();
        runners.clear();
        runner.stop(Duration.ofMillis(50));
        assertEquals(1, queue.view().list(QueueView.Selection.ALL, 10).size());
        assertEquals(1, queue.claim(10).size());
    }

    @Test
    void moreLanesThanMayRunAllHaveTheirTurn() throws Exception {
        QueueRunner runner = new QueueRunner(
                queue,
                List.of(Pool.of("relay", request -> all(request, TAKEN), LanePolicy.DEFAULT)),
                reporter,
                QueueRunnerConfig.DEFAULT.withRetry(QUICK).withBounds(3, 5),
                CLOCK,
                new Random(7));
        runners.add(runner);
        for (int i = 0; i < 300; i++) {
            send("d" + i + ".example", "u");
        }
        runner.start();
        awaitEmpty();
        assertEquals(300, told.size());
    }
}
