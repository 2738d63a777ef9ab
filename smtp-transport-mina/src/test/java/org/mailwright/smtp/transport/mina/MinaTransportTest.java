package org.mailwright.smtp.transport.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.transport.Transport;
import org.slf4j.LoggerFactory;

class MinaTransportTest {

    private static final Logger TRANSPORT = (Logger) LoggerFactory.getLogger("org.mailwright.smtp.transport.mina");

    @BeforeAll
    static void failOnPurpose() {
        TRANSPORT.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        TRANSPORT.setLevel(null);
    }

    /** A stack that overflows. */
    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    private static void explode(String how) {
        switch (how) {
            case "stack" -> deeper(0);
            case "assertion" -> throw new AssertionError("boom");
            case "memory" -> throw new OutOfMemoryError("boom");
            default -> throw new IllegalStateException("boom");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack", "assertion", "memory", "state"})
    void anErrorEndsOnlyItsConnection(String how) throws Exception {
        try (Fixture fixture = new Fixture(
                        LoopConfig.DEFAULTS.withThreads(1),
                        config -> config,
                        () -> new Talk((talk, line) -> explode(line)));
                Peer bystander = fixture.connect()) {
            fixture.talk();
            try (Peer peer = fixture.connect()) {
                peer.send(how + "\r\n");
                assertEquals("(end)", peer.line());
                assertEquals("closed internal error", fixture.talk().event("closed"));
            }
            bystander.send("ECHO alive\r\n");
            assertEquals("alive", bystander.line());
            try (Peer later = fixture.connect()) {
                later.send("ECHO new\r\n");
                assertEquals("new", later.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"then", "task", "work"})
    void anErrorBesideAnEventEndsOnlyItsConnection(String where) throws Exception {
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> {
                    switch (line) {
                        case "then" -> talk.link().offload(() -> {}, () -> explode("stack"));
                        case "task" -> talk.link().execute(() -> explode("assertion"));
                        default -> talk.link().offload(() -> explode("memory"), () -> talk.say("never"));
                    }
                }));
                Peer bystander = fixture.connect();
                Peer peer = fixture.connect()) {
            peer.send(where + "\r\n");
            assertEquals("(end)", peer.line());
            bystander.send("ECHO alive\r\n");
            assertEquals("alive", bystander.line());
        }
    }

    @Test
    void aConversationThatCannotBeMadeEndsOnlyItsConnection() throws Exception {
        AtomicLong made = new AtomicLong();
        try (Fixture fixture = new Fixture(LoopConfig.DEFAULTS.withThreads(1), config -> config, () -> {
                    if (made.getAndIncrement() == 0) {
                        throw new StackOverflowError("boom");
                    }
                    return new Talk();
                });
                Peer first = fixture.connect();
                Peer second = fixture.connect()) {
            assertEquals("(end)", first.line());
            second.send("ECHO alive\r\n");
            assertEquals("alive", second.line());
        }
    }

    @Test
    void anErrorWhileAcceptingDoesNotEndTheAcceptor() throws Exception {
        AtomicLong asked = new AtomicLong();
        Admission failing = new Admission() {
            @Override
            public Optional<byte[]> refusal(SocketAddress remote) {
                if (asked.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("boom");
                }
                return Optional.empty();
            }

            @Override
            public void ended(SocketAddress remote) {
                asked.incrementAndGet();
            }
        };
        try (Fixture fixture = new Fixture(LoopConfig.DEFAULTS, config -> config.withAdmission(failing), Talk::new);
                Peer first = fixture.connect();
                Peer second = fixture.connect()) {
            assertEquals("(end)", first.line());
            second.send("ECHO alive\r\n");
            assertEquals("alive", second.line());
        }
        assertEquals(3, asked.get());
    }

    @Test
    void holdsEverythingWhileWorkIsOffloaded() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> {
                    if (line.equals("work")) {
                        talk.link().offload(() -> await(go), () -> talk.say("then"));
                    }
                }));
                Peer peer = fixture.connect()) {
            peer.send("work\r\n");
            Talk talk = fixture.talk();
            talk.event("line work");
            peer.send("ECHO later\r\nmore\r\n");
            talk.link().execute(() -> talk.events.add("task"));
            go.countDown();
            assertEquals("then", peer.line());
            assertEquals("later", peer.line());
            assertEquals("task", talk.event());
            assertEquals("line more", talk.event());
        }
    }

    @Test
    void finishesTheTurnBeforeItTellsOfAPeerThatHasGone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Fixture fixture = new Fixture(() ->
                new Talk((talk, line) -> talk.link().offload(() -> await(go), () -> talk.events.add("then"))))) {
            Talk talk;
            try (Peer peer = fixture.connect()) {
                peer.send("work\r\n");
                talk = fixture.talk();
                talk.event("line work");
                peer.reset();
            }
            go.countDown();
            assertEquals("then", talk.event());
            assertTrue(talk.event().startsWith("closed "));
        }
    }

    @Test
    void comesBackFromWorkAtOnce() throws Exception {
        try (Fixture fixture = new Fixture(() ->
                        new Talk((talk, line) -> talk.link().offload(() -> {}, () -> talk.say("done"))));
                Peer peer = fixture.connect()) {
            for (int i = 0; i < 200; i++) {
                peer.send("work\r\n");
                assertEquals("done", peer.line());
            }
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                peer.send("work\r\n");
                assertEquals("done", peer.line());
            }
            // A loop that is not woken would take half a second each.
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void resumesReadingAtOnce() throws Exception {
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> {
                    if (line.equals("pause")) {
                        talk.link().suspendReading();
                        talk.say("paused");
                    } else {
                        talk.say("heard " + line);
                    }
                }));
                Peer peer = fixture.connect()) {
            Talk talk = fixture.talk();
            for (int i = 0; i < 20; i++) {
                peer.send("pause\r\n");
                assertEquals("paused", peer.line());
                peer.send("more\r\n");
                talk.link().execute(talk.link()::resumeReading);
                assertEquals("heard more", peer.line());
            }
        }
    }

    @Test
    void hearsOfAHalfCloseOnceAndStillAnswers() throws Exception {
        try (Fixture fixture = new Fixture(() -> new Talk() {
                    @Override
                    public void inputClosed() {
                        events.add("inputClosed");
                        link().execute(() -> {
                            say("last word");
                            link().close();
                        });
                    }
                });
                Peer peer = fixture.connect()) {
            peer.send("ECHO first\r\n");
            peer.socket.shutdownOutput();
            assertEquals("first", peer.line());
            assertEquals("last word", peer.line());
            assertEquals("(end)", peer.line());
            Talk talk = fixture.talk();
            assertEquals("opened", talk.event());
            assertEquals("inputClosed", talk.event());
            assertEquals("closed ", talk.event());
        }
    }

    @Test
    void tellsOfAReset() throws Exception {
        try (Fixture fixture = new Fixture(Talk::new)) {
            Peer peer = fixture.connect();
            Talk talk = fixture.talk();
            talk.event("opened");
            peer.reset();
            assertTrue(talk.event().contains("reset"));
        }
    }

    @Test
    void theLastReplyArrivesThoughInputIsUnread() throws Exception {
        try (Fixture fixture = new Fixture(Talk::new);
                Peer peer = fixture.connect()) {
            peer.send("BYE\r\n" + "X".repeat(200_000));
            assertEquals("bye", peer.line());
            assertEquals("(end)", peer.line());
            peer.socket.shutdownOutput();
            assertEquals("closed ", fixture.talk().event("closed"));
        }
    }

    @Test
    void isCongestedByAPeerThatDoesNotReadAndWritableOnceItDoes() throws Exception {
        int piece = 64 << 10;
        AtomicLong written = new AtomicLong();
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> fill(talk, written, piece)));
                Peer peer = fixture.connect()) {
            peer.send("fill\r\n");
            Talk talk = fixture.talk();
            talk.event("congested");
            for (long i = written.get(); i > 0; i--) {
                assertEquals('x', peer.read());
            }
            assertEquals("writable", talk.event());
        }
    }

    private static void fill(Talk talk, AtomicLong written, int piece) {
        if (talk.link().congested()) {
            talk.events.add("congested");
            return;
        }
        byte[] octets = new byte[piece];
        Arrays.fill(octets, (byte) 'x');
        talk.link().write(ByteBuffer.wrap(octets));
        written.addAndGet(piece);
        talk.link().execute(() -> fill(talk, written, piece));
    }

    @Test
    void cutsAPeerThatNeverReads() throws Exception {
        try (Fixture fixture = new Fixture(
                        LoopConfig.DEFAULTS.withWriteTimeout(Duration.ofSeconds(1)),
                        config -> config,
                        () -> new Talk((talk, line) -> talk.link().write(ByteBuffer.allocate(64 << 20))));
                Peer peer = fixture.connect()) {
            peer.send("flood\r\n");
            assertEquals("closed the peer does not read", fixture.talk().event("closed"));
        }
    }

    @Test
    void tellsOfTheDeadlineOnce() throws Exception {
        try (Fixture fixture = new Fixture(() -> new Talk() {
                    @Override
                    public void opened(Transport link) {
                        super.opened(link);
                        link.deadline(Duration.ofMillis(100));
                    }

                    @Override
                    public void expired() {
                        super.expired();
                        say("too slow");
                        link().close();
                    }
                });
                Peer peer = fixture.connect()) {
            assertEquals("too slow", peer.line());
            assertEquals("(end)", peer.line());
            Talk talk = fixture.talk();
            assertEquals("opened", talk.event());
            assertEquals("expired", talk.event());
            assertEquals("closed ", talk.event());
        }
    }

    @Test
    void handsOver() throws Exception {
        Talk next = new Talk((talk, line) -> talk.say("second heard " + line));
        try (Fixture fixture =
                        new Fixture(() -> new Talk((talk, line) -> talk.link().handOver(next)));
                Peer peer = fixture.connect()) {
            peer.send("turn\r\n");
            assertEquals("opened", next.event());
            peer.send("hello\r\n");
            assertEquals("second heard hello", peer.line());
        }
    }

    @Test
    void leavesTheOctetsOfAnEventAloneWhenItCloses() throws Exception {
        Talk reading = new Talk() {
            @Override
            public void received(byte[] octets, int offset, int length) {
                String before = new String(octets, offset, length, StandardCharsets.ISO_8859_1);
                // More is there to be read, and is read away by closing.
                link().close();
                String after = new String(octets, offset, length, StandardCharsets.ISO_8859_1);
                events.add(before.equals(after) ? "same" : "changed");
            }
        };
        LoopConfig small = new LoopConfig(1, 1 << 10, 2, 1, Duration.ofSeconds(9), Duration.ofSeconds(2));
        try (Fixture fixture = new Fixture(small, config -> config, () -> reading);
                Peer peer = fixture.connect()) {
            peer.send("a".repeat(1 << 10) + "b".repeat(1 << 10));
            assertEquals("opened", reading.event());
            assertEquals("same", reading.event());
        }
    }

    @Test
    void aborts() throws Exception {
        try (Fixture fixture =
                        new Fixture(() -> new Talk((talk, line) -> talk.link().abort()));
                Peer peer = fixture.connect()) {
            peer.send("now\r\n");
            assertEquals("(end)", peer.line());
            assertEquals("closed ", fixture.talk().event("closed"));
        }
    }

    @Test
    void passesMuchThroughOffloadedWork() throws Exception {
        long total = 64L << 20;
        try (Fixture fixture = new Fixture(() -> new Counting(total));
                Peer peer = fixture.connect()) {
            Thread sender = Thread.ofVirtual().start(() -> {
                byte[] piece = new byte[128 << 10];
                try {
                    OutputStream out = peer.socket.getOutputStream();
                    for (long sent = 0; sent < total; sent += piece.length) {
                        out.write(piece);
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals("all", peer.line());
            sender.join();
        }
    }

    /** Gives every read to a virtual thread. */
    private static final class Counting extends Talk {
        private final long total;
        private long count;

        Counting(long total) {
            this.total = total;
        }

        @Override
        public void received(byte[] octets, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(octets, offset, offset + length);
            link().offload(() -> count += copy.length, () -> {
                if (count == total) {
                    say("all");
                }
            });
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
