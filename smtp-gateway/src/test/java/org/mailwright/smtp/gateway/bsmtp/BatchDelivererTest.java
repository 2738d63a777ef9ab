package org.mailwright.smtp.gateway.bsmtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.gateway.Requests;
import org.mailwright.smtp.gateway.bsmtp.BatchConfig.Keyword;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.testkit.TestService;

@Timeout(60)
class BatchDelivererTest {
    @TempDir
    private Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private List<String> deliver(BatchConfig config, DeliveryRequest request) {
        try (BatchDeliverer deliverer = new BatchDeliverer(config)) {
            return Requests.codes(deliverer.deliver(request));
        }
    }

    @Test
    void writesABatchForEachMail() throws Exception {
        BatchConfig config = BatchConfig.of(folder, "me.test");
        DeliveryRequest request = Requests.request("a\r\n.b\r\n", "<b@example.test>", "<\"c d\"@example.test>");
        assertEquals(List.of("250 2.0.0", "250 2.0.0"), deliver(config, request));
        assertEquals(List.of("250 2.0.0", "250 2.0.0"), deliver(config, request)); // tried again: still one file
        assertEquals(1, files().size());
        assertTrue(files().get(0).getFileName().toString().matches("test\\.m1\\.[0-9a-f]{16}\\.bsmtp"));
        assertEquals("""
            EHLO me.test
            MAIL FROM:<sender@elsewhere.test> SIZE=7
            RCPT TO:<b@example.test>
            RCPT TO:<"c d"@example.test>
            DATA
            a
            ..b
            .
            QUIT
            """.replace("\n", "\r\n"), Files.readString(files().get(0)));
    }

    @Test
    void refusesAddressesThatTheReadersDoNotKnow() throws Exception {
        BatchConfig config = BatchConfig.of(folder, "me.test").withAgreed(Set.of());
        DeliveryRequest request = Requests.request("a\r\n", "<é@example.test>", "<b@example.test>");
        assertEquals(List.of("550 5.6.7", "250 2.0.0"), deliver(config, request));
        assertEquals(
                List.of("MAIL FROM:<sender@elsewhere.test>", "RCPT TO:<b@example.test>"),
                Files.readAllLines(files().get(0)).subList(1, 3));

        DeliveryRequest other = Requests.request("m2", Body.of(new byte[] {'a'}), "<é@example.test>");
        assertEquals(List.of("550 5.6.7"), deliver(config, other));
        assertEquals(1, files().size());

        assertEquals(List.of("250 2.0.0"), deliver(config.withAgreed(Set.of(Keyword.SMTPUTF8)), other));
        assertEquals(2, files().size());
        assertEquals(
                "MAIL FROM:<sender@elsewhere.test> SMTPUTF8",
                Files.readAllLines(files().get(1), StandardCharsets.UTF_8).get(1));
    }

    /** Content that fails when it is read. */
    private static Body unreadable() {
        return Body.of(OptionalLong.empty(), () -> {
            throw new IOException("the medium is gone");
        });
    }

    @Test
    void leavesNothingOfAMailThatFails() throws Exception {
        BatchConfig config = BatchConfig.of(folder, "me.test");
        assertEquals(List.of("451 4.3.0"), deliver(config, Requests.request("m1", unreadable(), "<b@example.test>")));
        AtomicInteger asked = new AtomicInteger();
        DeliveryRequest lost = Requests.request(
                "m1", "<>", Body.of(new byte[] {'a'}), () -> asked.incrementAndGet() < 2, "<b@example.test>");
        assertEquals(List.of("451 4.3.2"), deliver(config, lost));
        assertEquals(2, asked.get());
        assertEquals(List.of(), files());

        assertEquals(
                List.of("451 4.3.0"),
                deliver(
                        BatchConfig.of(folder.resolve("missing"), "me.test"),
                        Requests.request("a\r\n", "<b@example.test>")));
    }

    @Test
    void gathersMailsOfADestinationAndTheReaderTakesThem() throws Exception {
        BatchConfig config = BatchConfig.of(folder, "me.test")
                .withGather(Duration.ofSeconds(3))
                .withAgreed(Set.of());
        List<Callable<List<String>>> deliveries = new ArrayList<>();
        try (BatchDeliverer deliverer = new BatchDeliverer(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Body content = i == 7
                        ? unreadable()
                        : Body.of(("mail " + i + "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
                DeliveryRequest request = Requests.request("m" + i, content, "<b" + i + "@example.test>");
                deliveries.add(() -> Requests.codes(deliverer.deliver(request)));
            }
            List<Future<List<String>>> results = threads.invokeAll(deliveries);
            for (int i = 0; i < 20; i++) {
                assertEquals(
                        List.of(i == 7 ? "451 4.3.0" : "250 2.0.0"),
                        results.get(i).get());
            }
        }
        // one file, or two when the mail that cannot be read came first
        assertTrue(files().size() <= 2, "some were not gathered");

        RecordingSink sink = RecordingSink.blocking();
        TestService service = TestService.mx();
        AtomicInteger ids = new AtomicInteger();
        BatchReader reader = new BatchReader(
                service.profile(),
                service.all(),
                sink,
                () -> "B" + ids.incrementAndGet(),
                MemoryTransport.Options.DEFAULTS);
        for (Path file : files()) {
            try (InputStream in = Files.newInputStream(file)) {
                BatchReport report = reader.read(in, mail -> {});
                assertTrue(report.isComplete(), report.toString());
            }
        }
        assertEquals(19, sink.mails().size());
        sink.mails().forEach(mail -> {
            String number = mail.recipients().replaceAll("[^0-9]", "");
            assertEquals("mail " + number + "\r\n.\r\n", mail.text());
        });
    }

    @Test
    void endsTheWaitingWhenTheServerStops() throws Exception {
        BatchConfig config = BatchConfig.of(folder, "me.test").withGather(Duration.ofMinutes(1));
        Thread.currentThread().interrupt();
        List<String> codes = deliver(config, Requests.request("a\r\n", "<b@example.test>"));
        assertTrue(Thread.interrupted());
        assertEquals(List.of("250 2.0.0"), codes);
        assertEquals(1, files().size());
    }

    @Test
    void refusesConfigurationsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> BatchConfig.of(folder, "a\r\nQUIT"));
        assertThrows(
                IllegalArgumentException.class,
                () -> BatchConfig.of(folder, "me.test").withGather(Duration.ofHours(1)));
    }
}
