package org.mailwright.smtp.mailbox.mbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.delivery.Requests;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.queue.DeliveryResult;

class MboxDelivererTest {
    private static final String HOST = "mx.example.test";
    private static final String TOP = """
        From sender@elsewhere.test Mon Mar  2 10:00:00 2026
        Return-Path: <sender@elsewhere.test>
        Delivered-To: alice@example.test
        """;
    private static final String MAIL = "Subject: x\r\n\r\nhello\r\n";
    private static final String STORED = TOP + "Subject: x\n\nhello\n\n";

    @TempDir
    private Path root;

    @Test
    void linesLikeTheFirstAreQuoted() throws Exception {
        deliver("Subject: x\r\n\r\nFrom me\r\n>From me\r\n>>From\r\n From \r\nFromage\r\n>x\r\nFrom");
        assertEquals(
                TOP + "Subject: x\n\n>From me\n>>From me\n>>From\n From \nFromage\n>x\nFrom\n\n",
                Files.readString(mbox()));
    }

    @Test
    void mailsStandOneBehindTheOther() throws Exception {
        assertEquals(List.of("250 2.1.5"), deliver(MAIL));
        assertEquals(List.of("250 2.1.5"), deliver(MAIL));
        assertEquals(STORED + STORED, Files.readString(mbox()));
        assertFalse(Files.exists(lock()));
    }

    @Test
    void aLineWithoutItsEndIsEndedFirst() throws Exception {
        for (String left : List.of("a mail that was cut", "a line\n", "a line\n\n")) {
            Files.createDirectories(mbox().getParent());
            Files.writeString(mbox(), left);
            deliver(MAIL);
            assertEquals(left.strip() + "\n\n" + STORED, Files.readString(mbox()));
        }
    }

    @Test
    void aMailThatFailsLeavesTheFileAsItWas() throws Exception {
        deliver(MAIL);
        int[] opened = {0};
        Body broken = Body.of(OptionalLong.of(1_000_000), () -> opened[0]++ == 0 ? text() : cut());
        assertEquals(
                List.of("451 4.3.0"),
                Requests.codes(deliverer(MboxConfig.DEFAULTS)
                        .deliver(Requests.request("m2", broken, "<alice@example.test>"))));
        assertEquals(STORED, Files.readString(mbox()));
    }

    private static InputStream text() {
        return new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream cut() {
        return new InputStream() {
            private int left = 500_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("cut off");
                }
                return left % 70 == 0 ? '\n' : 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    @Test
    void aLockFileIsWaitedForButNotForEver() throws Exception {
        Files.createDirectories(mbox().getParent());
        Files.writeString(lock(), ProcessHandle.current().pid() + ":" + HOST);
        MboxConfig impatient = new MboxConfig(Duration.ofMillis(100), Duration.ofMinutes(2));
        Files.setLastModifiedTime(lock(), FileTime.from(Requests.ACCEPTED));
        assertEquals(
                List.of("451 4.3.0"),
                Requests.codes(deliverer(impatient).deliver(Requests.request(MAIL, "<alice@example.test>"))));
        Files.delete(lock());
        assertEquals(List.of("250 2.1.5"), deliver(MAIL));
    }

    @Test
    @Timeout(60)
    void whoLocksInTheOtherOrderDoesNotWaitForUs() throws Exception {
        Files.createDirectories(mbox().getParent());
        Files.createFile(mbox());
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(OtherOrder.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        OtherOrder.class.getName(),
                        mbox().toString(),
                        lock().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says = other.inputReader()) {
            assertEquals("the file: true", says.readLine());
            assertEquals(List.of("250 2.1.5"), deliver(MAIL));
            assertEquals("both", says.readLine());
            assertEquals(0, other.waitFor());
        } finally {
            other.destroy();
        }
        assertEquals(STORED, Files.readString(mbox()));
        assertFalse(Files.exists(lock()));
    }

    @Test
    void aStaleLockFileIsRemoved() throws Exception {
        Files.createDirectories(mbox().getParent());
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        for (String owner : List.of("1:other.example.test", "", gone.pid() + ":" + HOST)) {
            Files.writeString(lock(), owner);
            boolean dead = owner.endsWith(HOST);
            Files.setLastModifiedTime(
                    lock(), FileTime.from(dead ? Requests.ACCEPTED : Requests.ACCEPTED.minusSeconds(121)));
            assertEquals(List.of("250 2.1.5"), deliver(MAIL), owner);
        }
        try (var files = Files.list(mbox().getParent())) {
            assertEquals(List.of(mbox()), files.toList());
        }
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws Exception {
        Files.createDirectories(mbox().getParent());
        Path other = Files.writeString(root.resolve("other"), "");
        Files.createSymbolicLink(mbox(), other);
        assertEquals(List.of("451 4.3.0"), deliver(MAIL));
        assertEquals("", Files.readString(other));
    }

    @Test
    void manyAtOnceDoNotMix() throws Exception {
        MboxDeliverer deliverer = deliverer(new MboxConfig(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<DeliveryResult>>> all = IntStream.range(0, 20)
                    .mapToObj(i ->
                            threads.submit(() -> deliverer.deliver(Requests.request(MAIL, "<alice@example.test>"))))
                    .toList();
            for (Future<List<DeliveryResult>> one : all) {
                assertEquals(List.of("250 2.1.5"), Requests.codes(one.get()));
            }
        }
        assertEquals(STORED.repeat(20), Files.readString(mbox()));
    }

    private List<String> deliver(String content) throws InterruptedException {
        return Requests.codes(
                deliverer(MboxConfig.DEFAULTS).deliver(Requests.request(content, "<alice@example.test>")));
    }

    private MboxDeliverer deliverer(MboxConfig config) {
        return new MboxDeliverer(
                new PathTemplate(root, "{domain}/{user}"),
                Requests.recipients(),
                QuotaKeeper.UNBOUNDED,
                HOST,
                config,
                () -> Requests.ACCEPTED);
    }

    private Path mbox() {
        return root.resolve("example.test/alice");
    }

    private Path lock() {
        return root.resolve("example.test/alice.lock");
    }
}
